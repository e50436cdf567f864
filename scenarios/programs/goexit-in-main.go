// runtime.Goexit in main ends the main goroutine, not the program: the others go on, until none is left.
package main

import "runtime"

func other() { print("the other one still runs\n") }

func main() {
	defer print("deferred calls run\n")
	go other()
	runtime.Goexit()
}
