// Everyone waits for someone else: the last thread that would go to sleep finds that nobody could wake it.
package main

var never = make(chan bool)

func waits() { <-never }

func main() {
	go waits()
	<-never
}
