// A panic that a deferred function recovers: the goroutine goes on where the function that deferred returns.
package main

func risky() (what string) {
	defer func() {
		if r := recover(); r != nil {
			what = r.(string)
		}
	}()
	panic("out of luck")
}

func main() {
	println("recovered:", risky())
}
