// The second goroutine begins when the first is dead, in its g.
package main

import "runtime"

func main() {
	go first()
	runtime.Gosched()
	go second()
	runtime.Gosched()
}

func first() {}

func second() {}
