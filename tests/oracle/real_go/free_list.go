// 64 goroutines exit, which makes the free list of the P too long; 32 more make it empty.
package main

import "runtime"

var ran int

func main() {
	for i := 0; i < 64; i++ {
		go task()
	}
	for ran != 64 { // the 61st tick brings main back too early
		runtime.Gosched()
	}
	for i := 0; i < 32; i++ {
		go task()
	}
	runtime.Gosched()
}

func task() { ran++ }
