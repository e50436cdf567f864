// Two goroutines and main yield in turn.
package main

import "runtime"

func main() {
	go ping()
	go pong()
	runtime.Gosched()
	runtime.Gosched()
	runtime.Gosched()
}

func ping() {
	runtime.Gosched()
	runtime.Gosched()
}

func pong() {
	runtime.Gosched()
	runtime.Gosched()
}
