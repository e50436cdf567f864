// A garbage collection: the world stops, is marked by goroutines of the runtime, and goes on.
package main

import "runtime"

var kept []*[1024]int

func main() {
	for i := 0; i < 20; i++ {
		kept = append(kept, new([1024]int))
	}
	kept = []*[1024]int{kept[0], kept[1]}
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	println("collections", stats.NumGC, "freed", stats.Frees > 10)
}
