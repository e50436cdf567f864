// What the tests of emu/linux run, natively and in the machine: the first argument says which part.
package main

import (
	"errors"
	"fmt"
	"io/ioutil"
	"math"
	"os"
	"runtime"
	"sort"
	"strconv"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

func pingPong() {
	a, b := make(chan int), make(chan int)
	go func() {
		for v := range a {
			b <- v + 1
		}
		close(b)
	}()
	v := 0
	for i := 0; i < 50; i++ {
		a <- v
		v = <-b
	}
	close(a)
	fmt.Println("ping-pong", v)
}

func workers(procs int) {
	runtime.GOMAXPROCS(procs)
	var wg sync.WaitGroup
	var mu sync.Mutex
	sum := 0
	for i := 1; i <= 10; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			for j := 0; j < 20; j++ {
				mu.Lock()
				sum += i
				mu.Unlock()
				runtime.Gosched()
			}
		}(i)
	}
	wg.Wait()
	fmt.Println("sum", sum, "procs", runtime.GOMAXPROCS(0))
}

func sleep() {
	start := time.Now()
	done := make(chan bool)
	go func() { time.Sleep(5 * time.Millisecond); fmt.Println("inner"); done <- true }()
	time.Sleep(20 * time.Millisecond)
	<-done
	ticker := time.NewTicker(2 * time.Millisecond)
	for i := 0; i < 3; i++ {
		<-ticker.C
		fmt.Println("tick", i)
	}
	fmt.Println("slept", time.Since(start) >= 26*time.Millisecond)
}

type node struct{ l, r *node }

func tree(n int) *node {
	if n == 0 {
		return &node{}
	}
	return &node{tree(n - 1), tree(n - 1)}
}

func (n *node) count() int {
	if n.l == nil {
		return 1
	}
	return 1 + n.l.count() + n.r.count()
}

func collect() {
	t := tree(7)
	for i := 0; i < 2; i++ {
		tree(6)
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println("nodes", t.count(), "collections", m.NumGC)
}

func recovered(f func()) (err interface{}) {
	defer func() { err = recover() }()
	f()
	return nil
}

func numbers() {
	var empty []int
	fmt.Println(recovered(func() { panic("x") }), recovered(func() { _ = empty[len(os.Args)+1] }))
	roots := map[string]float64{}
	for i := 0; i < 20; i++ {
		roots["k"+strconv.Itoa(i)] = math.Sqrt(float64(i)) * math.Pi
	}
	var keys []string
	for key := range roots {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	sum := 0.0
	for _, key := range keys {
		sum += roots[key]
	}
	fmt.Printf("%.10f %v %x %g\n", sum, math.Inf(1), math.Float64bits(math.Sin(1)), math.MaxFloat64)
}

func locked() {
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); runtime.LockOSThread() }()
	}
	wg.Wait()
	fmt.Println("goroutines ended with their threads")
}

func pipe() {
	r, w, err := os.Pipe()
	go func() { w.Write([]byte("through a pipe")); w.Close() }()
	var b [100]byte
	n, readErr := r.Read(b[:])
	end, endErr := r.Read(b[:])
	fmt.Println(string(b[:n]), err, readErr, end, endErr)
}

//go:noinline
func fail(n int) {
	if n == 0 {
		panic(errors.New("boom"))
	}
	fail(n - 1)
}

// Small enough for the compiler to put their bodies where they are called.
func element(i int) int { return table[i] }
func twice(i int) int   { return 2 * element(i+1) }

var table = []int{1, 2, 3}

//go:noinline
func inlined(i int) {
	fmt.Println(twice(i))
}

func write() {
	b := make([]byte, 1<<16)
	for n := 0; ; {
		k, err := os.Stdout.Write(b)
		n += k
		if err != nil {
			println(err.Error(), n)
			os.Exit(3)
		}
	}
}

// What is not there, or not for the process.
func reach() {
	for _, path := range []string{"/etc/passwd", "/proc/self/mem", "/proc/1/environ", "/"} {
		_, err := ioutil.ReadFile(path)
		fmt.Println(err)
	}
	fmt.Println(ioutil.WriteFile("/tmp/x", nil, 0600))
	_, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	fmt.Println("socket:", err)
	_, err = syscall.ForkExec("/bin/true", nil, nil)
	fmt.Println("fork:", err)
	fmt.Println("exec:", syscall.Exec("/bin/true", nil, nil))
	_, _, errno := syscall.RawSyscall(syscall.SYS_PTRACE, 0, 0, 0)
	fmt.Println("ptrace:", errno)
	_, err = syscall.Mmap(-1, 0, 4096, syscall.PROT_READ|syscall.PROT_EXEC, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	fmt.Println("execute:", err)
	fmt.Println(len(os.Environ()), os.Args[0])
}

func main() {
	switch os.Args[1] {
	case "hello":
		fmt.Println("hello, world")
	case "ping-pong":
		pingPong()
	case "workers":
		workers(1)
	case "workers-2":
		workers(2)
	case "sleep":
		sleep()
	case "collect":
		collect()
	case "numbers":
		numbers()
	case "locked":
		locked()
	case "pipe":
		pipe()
	case "goexit":
		runtime.Goexit()
	case "deadlock":
		<-make(chan int)
	case "panic":
		fail(3)
	case "inlined":
		inlined(len(os.Args))
	case "exit":
		fmt.Fprintln(os.Stderr, "to stderr")
		os.Exit(7)
	case "allocate":
		n, _ := strconv.Atoi(os.Args[2])
		fmt.Println(len(make([]byte, n)))
	case "loop":
		for {
		}
	case "write":
		write()
	case "reach":
		reach()
	case "kernel":
		p := uintptr(0xffff888000000000)
		fmt.Println(*(*int)(*(*unsafe.Pointer)(unsafe.Pointer(&p))))
	default:
		signals(os.Args[1])
	}
}
