// One goroutine takes a mutex again and again; another one waits for it. After 1 ms without it the mutex is
// handed over: sync.Mutex is then starving.
package main

import (
	"sync"
	"time"
)

var (
	mu   sync.Mutex
	got  = make(chan bool)
	last bool
)

func patient() {
	mu.Lock()
	last = true
	mu.Unlock()
	got <- true
}

func main() {
	mu.Lock()
	go patient()
	time.Sleep(2 * time.Millisecond)
	mu.Unlock()
	rounds := 0
	for {
		mu.Lock()
		done := last
		mu.Unlock()
		if done {
			break
		}
		rounds++
	}
	<-got
	println("rounds in which the patient one waited:", rounds > 0)
}
