// A goroutine that ends while it is locked to its thread takes the thread with it. main is locked to the first
// thread, so that the other goroutine gets one of its own.
package main

import "runtime"

var ready = make(chan bool)

func init() { runtime.LockOSThread() }

func locked() {
	runtime.LockOSThread()
	ready <- true
}

func main() {
	go locked()
	<-ready
	for i := 0; i < 5; i++ {
		runtime.Gosched()
	}
	println("main goes on")
}
