// A goroutine waits on an empty channel until main sends.
package main

import "runtime"

var c = make(chan int)

func main() {
	go wait()
	runtime.Gosched()
	c <- 1
	runtime.Gosched()
}

func wait() { <-c }
