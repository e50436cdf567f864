// The recorded program: 300 goroutines on one P, and when they have ended, 301 more.
package main

import "runtime"

var ran int

//go:noinline
func task() { ran++ }

//go:noinline
func begun() {}

//go:noinline
func spawned() {}

func wave(n, sum int) {
	for i := 0; i < n; i++ {
		go task()
		spawned()
	}
	for ran < sum {
		runtime.Gosched()
	}
}

func main() {
	begun()
	wave(300, 300)
	wave(301, 601)
}
