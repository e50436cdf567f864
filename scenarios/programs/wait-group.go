// Three workers on two Ps; main waits until all of them have said that they are done.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

var (
	wg  sync.WaitGroup
	sum int32
)

func worker() {
	atomic.AddInt32(&sum, 7)
	wg.Done()
}

func main() {
	wg.Add(3)
	for i := 0; i < 3; i++ {
		go worker()
	}
	wg.Wait()
	println("sum", sum, "on", runtime.GOMAXPROCS(0), "Ps")
}
