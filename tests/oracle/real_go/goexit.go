// One goroutine returns, one calls runtime.Goexit, with a deferred function.
package main

import "runtime"

func main() {
	go returns()
	runtime.Gosched()
	go leaves()
	runtime.Gosched()
}

func returns() {}

func leaves() {
	defer cleanup()
	runtime.Goexit()
}

func cleanup() {}
