// A child overtakes the one that has waited longer.
package main

import "runtime"

func main() {
	go patient()
	go parent()
	runtime.Gosched()
}

func parent() { go child() }

func child() {}

func patient() {}
