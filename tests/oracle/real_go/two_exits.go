// Two goroutines return; main has given way.
package main

import "runtime"

func main() {
	go worker()
	go worker()
	runtime.Gosched()
}

func worker() {}
