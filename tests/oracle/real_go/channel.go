// Two goroutines hand a value to and fro over channels without buffers.
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
