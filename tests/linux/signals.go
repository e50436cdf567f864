// What the tests of signals run.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"
)

var zero int

//go:noinline
func follow(n *node) *node { return n.l }

//go:noinline
func divide(a, b int) int { return a / b }

//go:noinline
func deeper(n int) int {
	if n < 0 {
		return 0
	}
	return deeper(n+1) + 1
}

// Many of them, one after the other, some of which write.
func faultsRecovered() {
	for i := 0; i < 20; i++ {
		var n *node
		err := recovered(func() { follow(n) })
		if i == 0 {
			fmt.Println(err)
		}
		recovered(func() { n.r = nil })
	}
	fmt.Println(recovered(func() { divide(1, zero) }))
	_, isError := recovered(func() { follow(nil) }).(runtime.Error)
	fmt.Println(isError)
}

func notify() {
	c := make(chan os.Signal, 2)
	signal.Notify(c, syscall.SIGUSR1, syscall.SIGUSR2)
	for _, sent := range []syscall.Signal{syscall.SIGUSR1, syscall.SIGUSR2} {
		syscall.Kill(syscall.Getpid(), sent)
		fmt.Println(<-c == sent)
	}
	signal.Ignore(syscall.SIGUSR1)
	syscall.Kill(syscall.Getpid(), syscall.SIGUSR1)
	signal.Stop(c)
	fmt.Println(len(c))
}

func brokenPipe() {
	r, w, _ := os.Pipe()
	r.Close()
	_, err := w.Write([]byte("nobody reads this"))
	fmt.Println(err)
}

// A goroutine that never gives up its P by itself.
func endless(procs int) {
	runtime.GOMAXPROCS(procs)
	go func() {
		for {
		}
	}()
	runtime.Gosched()
	time.Sleep(time.Millisecond)
	fmt.Println("main goes on")
}

func collectInLoop() {
	var stop int32
	done := make(chan bool)
	go func() {
		for atomic.LoadInt32(&stop) == 0 {
		}
		done <- true
	}()
	runtime.Gosched()
	runtime.GC()
	atomic.StoreInt32(&stop, 1)
	fmt.Println("collected", <-done)
}

// Two loops that keep their state in SSE registers and flags, and take the P from each other.
func floats() {
	results := make(chan float64)
	for k := 1; k <= 2; k++ {
		go func(k float64) {
			sum, step := 0.0, k/7
			for i := 0; i < 400000; i++ {
				sum += step
				if sum > 1000 {
					sum -= 999.5 * k
				}
			}
			results <- sum
		}(float64(k))
	}
	a, b := <-results, <-results
	if a > b {
		a, b = b, a
	}
	fmt.Printf("%.17g %.17g\n", a, b)
}

func faultElsewhere() {
	go follow(nil)
	time.Sleep(time.Second)
}

func signals(part string) {
	switch part {
	case "faults":
		faultsRecovered()
	case "nil":
		follow(nil)
	case "divide":
		divide(1, zero)
	case "overflow":
		debug.SetMaxStack(1 << 15)
		deeper(0)
	case "notify":
		notify()
	case "broken-pipe":
		brokenPipe()
	case "endless":
		endless(1)
	case "endless-2":
		endless(2)
	case "collect-in-loop":
		collectInLoop()
	case "floats":
		floats()
	case "fault-elsewhere":
		faultElsewhere()
	case "breakpoint":
		runtime.Breakpoint()
	case "abort":
		syscall.Kill(syscall.Getpid(), syscall.SIGABRT)
		time.Sleep(time.Second)
	case "default":
		signal.Reset(syscall.SIGTERM)
		syscall.Kill(syscall.Getpid(), syscall.SIGUSR2)
		time.Sleep(time.Second)
	}
}
