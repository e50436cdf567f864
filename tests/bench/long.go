// What gogoscope_long_bench runs: goroutines that send to each other without end, and make garbage.
package main

type node struct {
	next  *node
	value [6]int
}

func worker(in <-chan *node, out chan<- *node) {
	for n := range in {
		sum := 0
		for m := n; m != nil; m = m.next {
			for i := range m.value {
				m.value[i] = m.value[i]*3 + 1
				sum ^= m.value[i]
			}
		}
		list := &node{}
		for i := 0; i < 8; i++ {
			list = &node{next: list}
		}
		list.value[0] = sum
		out <- list
	}
}

func main() {
	kept := make([]*node, 20000)
	a, b := make(chan *node, 4), make(chan *node, 4)
	go worker(a, b)
	go worker(a, b)
	for i := 0; ; i++ {
		a <- &node{}
		kept[i%len(kept)] = <-b
	}
}
