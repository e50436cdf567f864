// runtime.Goexit in main ends the main goroutine, not the program: the others go on, until none is left.
package main

import "runtime"

func other() { println("the other one still runs") }

func main() {
	defer println("deferred calls run")
	go other()
	runtime.Goexit()
}
