// Two goroutines and one unbuffered channel: each send is a handoff.
package main

func pong(ball chan int, done chan bool) {
	for n := range ball {
		println("pong", n)
	}
	done <- true
}

func main() {
	ball, done := make(chan int), make(chan bool)
	go pong(ball, done)
	for n := 1; n <= 3; n++ {
		ball <- n
	}
	close(ball)
	<-done
}
