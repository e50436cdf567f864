// Each goroutine starts the next and returns; the third gets the g of the first.
package main

import "runtime"

func main() {
	go first()
	runtime.Gosched()
}

func first() { go second() }

func second() { go third() }

func third() {}
