// Two goroutines add to the same variable without a lock. Where one stores between the other's load and its
// store, what it has added is lost.
package main

var (
	sum  int
	done = make(chan bool)
)

//go:noinline
func add(n, to int) int { return to + n }

func adder() {
	for i := 0; i < 50; i++ {
		sum = add(1, sum)
	}
	done <- true
}

func main() {
	go adder()
	go adder()
	<-done
	<-done
	println(sum)
}
