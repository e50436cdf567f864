// The 258th goroutine finds runnext taken and the ring full: half of the ring goes to the global queue.
package main

import "runtime"

var ran int

func main() {
	for i := 0; i < 258; i++ {
		go task()
	}
	runtime.Gosched()
}

func task() { ran++ }
