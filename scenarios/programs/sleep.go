// A sleeping goroutine holds no thread: it is a timer of its P. No file or socket is open, so nothing waits
// in the netpoller; the last thread sleeps until the timer, and the clock jumps there.
package main

import "time"

var woken = make(chan bool)

func sleeper() {
	time.Sleep(10 * time.Millisecond)
	println("awake")
	woken <- true
}

func main() {
	start := time.Now()
	go sleeper()
	<-woken
	println(time.Since(start) >= 10*time.Millisecond)
}
