// Two goroutines hand a value back and forth over channels without buffers.
package main

var ping, pong = make(chan int), make(chan int)

func main() {
	go returns()
	for n := 1; n <= 3; n++ {
		ping <- n
		<-pong
	}
	close(ping)
	<-pong
}

func returns() {
	for n := range ping {
		pong <- n
	}
	close(pong)
}
