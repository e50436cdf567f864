// Two goroutines and one unbuffered channel: each value is handed over, none is ever queued.
package main

var ball, done = make(chan int), make(chan bool)

func pong() {
	for n := range ball {
		println("pong", n)
	}
	done <- true
}

func main() {
	go pong()
	for n := 1; n <= 3; n++ {
		ball <- n
	}
	close(ball)
	<-done
}
