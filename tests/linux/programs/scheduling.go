package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

func init() {
	parts["select"] = func() {
		a, b, quit := make(chan int), make(chan string, 1), make(chan struct{})
		go func() {
			for i := 0; i < 3; i++ {
				a <- i
			}
			close(quit)
		}()
		b <- "buffered"
		sum, texts := 0, 0
		for {
			select {
			case v := <-a:
				sum += v
				continue
			case <-b:
				texts++
				continue
			case <-quit:
			}
			break
		}
		select {
		case b <- "again":
		default:
			fmt.Println("full")
		}
		fmt.Println(sum, texts, len(b), cap(b))
	}
	parts["timers"] = func() {
		ticker := time.NewTicker(2 * time.Millisecond)
		for i := 0; i < 3; i++ {
			<-ticker.C
		}
		ticker.Stop()
		timer := time.NewTimer(time.Hour)
		fmt.Println(timer.Stop(), timer.Reset(time.Millisecond))
		<-timer.C
		done := make(chan string)
		time.AfterFunc(3*time.Millisecond, func() { done <- "func" })
		select {
		case what := <-done:
			fmt.Println(what)
		case <-time.After(10 * time.Second):
			fmt.Println("late")
		}
	}
	parts["context"] = func() {
		ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), "key", 7), 5*time.Millisecond)
		defer cancel()
		inner, stop := context.WithCancel(ctx)
		stop()
		<-inner.Done()
		fmt.Println(inner.Err(), ctx.Err(), inner.Value("key"))
		<-ctx.Done()
		fmt.Println(ctx.Err())
	}
	parts["once-pool"] = func() {
		var once sync.Once
		pool := sync.Pool{New: func() interface{} { return new([64]byte) }}
		for i := 0; i < 3; i++ {
			once.Do(func() { fmt.Println("once") })
			pool.Put(pool.Get())
		}
		var m sync.Map
		m.Store("a", 1)
		v, loaded := m.LoadOrStore("a", 2)
		fmt.Println(v, loaded, len(pool.Get().(*[64]byte)))
	}
	parts["rw-mutex"] = func() {
		var mu sync.RWMutex
		var wg sync.WaitGroup
		var most, now int32
		mu.Lock()
		for i := 0; i < 4; i++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				mu.RLock()
				if n := atomic.AddInt32(&now, 1); n > atomic.LoadInt32(&most) {
					atomic.StoreInt32(&most, n)
				}
				runtime.Gosched()
				atomic.AddInt32(&now, -1)
				mu.RUnlock()
			}()
		}
		runtime.Gosched()
		mu.Unlock()
		wg.Wait()
		mu.Lock()
		fmt.Println(most >= 1, now)
	}
	parts["cond"] = func() {
		var mu sync.Mutex
		cond := sync.NewCond(&mu)
		queue, done := []int{}, make(chan int)
		go func() {
			sum := 0
			for i := 0; i < 5; i++ {
				mu.Lock()
				for len(queue) == 0 {
					cond.Wait()
				}
				sum += queue[0]
				queue = queue[1:]
				mu.Unlock()
			}
			done <- sum
		}()
		for i := 1; i <= 5; i++ {
			mu.Lock()
			queue = append(queue, i)
			mu.Unlock()
			cond.Signal()
		}
		fmt.Println(<-done)
	}
	parts["num-goroutine"] = func() {
		hold := make(chan bool)
		for i := 0; i < 5; i++ {
			go func() { <-hold }()
		}
		runtime.Gosched()
		fmt.Println(runtime.NumGoroutine())
		close(hold)
		for runtime.NumGoroutine() > 1 {
			runtime.Gosched()
		}
		fmt.Println(runtime.NumGoroutine())
	}
	parts["gc-percent"] = func() {
		fmt.Println(debug.SetGCPercent(20))
		kept := make([][]byte, 8)
		for i := 0; i < 100; i++ {
			kept[i%8] = make([]byte, 10000)
			kept[i%8][i] = byte(i)
		}
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		fmt.Println(debug.SetGCPercent(100), len(kept), stats.Mallocs > 100)
	}
	parts["finalizer"] = func() {
		done := make(chan string, 1)
		func() {
			x := &struct{ name [100]byte }{}
			runtime.SetFinalizer(x, func(interface{}) { done <- "finalized" })
		}()
		for {
			runtime.GC()
			select {
			case what := <-done:
				fmt.Println(what)
				return
			default:
				time.Sleep(time.Millisecond)
			}
		}
	}
	parts["closed"] = func() {
		c := make(chan int, 2)
		c <- 1
		close(c)
		v, ok := <-c
		w, ok2 := <-c
		fmt.Println(v, ok, w, ok2)
		defer func() {
			fmt.Println(recover())
			var none chan int
			select {
			case <-none:
			default:
				fmt.Println("nil is never ready")
			}
			close(c)
		}()
		c <- 2
	}
	parts["stack"] = func() {
		buffer := make([]byte, 1000)
		text := string(buffer[:runtime.Stack(buffer, false)])
		fmt.Println(strings.HasPrefix(text, "goroutine 1 [running]:\nmain."), strings.Contains(text, "scheduling.go"))
		_, _, line, ok := runtime.Caller(0)
		pc, _, _, _ := runtime.Caller(1)
		fmt.Println(line, ok, runtime.FuncForPC(pc).Name())
	}
	parts["lock-thread"] = func() {
		runtime.LockOSThread()
		c := make(chan int)
		go func() {
			runtime.LockOSThread()
			c <- 1
			runtime.UnlockOSThread()
			c <- 2
		}()
		fmt.Println(<-c, <-c)
		runtime.UnlockOSThread()
	}
	parts["two-cpus"] = func() {
		runtime.GOMAXPROCS(2)
		var wg sync.WaitGroup
		sums := make([]int, 4)
		for i := range sums {
			wg.Add(1)
			go func(i int) {
				defer wg.Done()
				for j := 0; j < 3000; j++ {
					sums[i] += j ^ i
				}
			}(i)
		}
		wg.Wait()
		fmt.Println(sums, runtime.GOMAXPROCS(0))
	}
	parts["producers"] = func() {
		jobs, results := make(chan int, 3), make(chan int)
		for w := 0; w < 3; w++ {
			go func() {
				for j := range jobs {
					results <- j * j
				}
			}()
		}
		go func() {
			for i := 1; i <= 20; i++ {
				jobs <- i
			}
			close(jobs)
		}()
		sum := 0
		for i := 0; i < 20; i++ {
			sum += <-results
		}
		fmt.Println(sum)
	}
	parts["all-asleep"] = func() {
		var mu sync.Mutex
		mu.Lock()
		mu.Lock()
	}
}
