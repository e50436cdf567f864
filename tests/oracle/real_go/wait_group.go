// main waits until three workers have said that they are done.
package main

import "sync"

var group sync.WaitGroup

func main() {
	group.Add(3)
	for i := 0; i < 3; i++ {
		go worker()
	}
	group.Wait()
}

func worker() { group.Done() }
