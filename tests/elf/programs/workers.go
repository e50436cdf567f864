// Goroutines, channels, fmt: most of what a program of a course uses.
package main

import (
	"fmt"
	"sync"
	"time"
)

func worker(jobs <-chan int, results chan<- int, done *sync.WaitGroup) {
	defer done.Done()
	for job := range jobs {
		results <- job * job
	}
}

func main() {
	jobs, results := make(chan int), make(chan int, 10)
	var done sync.WaitGroup
	for i := 0; i < 3; i++ {
		done.Add(1)
		go worker(jobs, results, &done)
	}
	for i := 0; i < 10; i++ {
		jobs <- i
	}
	close(jobs)
	done.Wait()
	time.Sleep(time.Millisecond)
	fmt.Println(len(results))
}
