// One goroutine waits on a channel; one ends by runtime.Goexit, and its deferred function wakes main.
package main

import "runtime"

var work, left = make(chan int), make(chan int)

func main() {
	go waits()
	go leaves()
	<-left
	work <- 1
	runtime.Gosched()
}

func waits() { <-work }

func leaves() {
	defer tell()
	runtime.Goexit()
}

func tell() { left <- 1 }
