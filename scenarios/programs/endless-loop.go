// A goroutine that never calls anything and never blocks, on the only P.
package main

import "time"

func spin() {
	for {
	}
}

func main() {
	go spin()
	time.Sleep(time.Millisecond)
	println("main runs again")
}
