//go:build go1.19
// +build go1.19

// What older releases do not compile.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type number interface{ ~int | ~float64 }

func sum[T number](all ...T) (out T) {
	for _, one := range all {
		out += one
	}
	return
}

type list[T any] struct {
	head T
	tail *list[T]
}

func (l *list[T]) each(f func(T)) {
	for ; l != nil; l = l.tail {
		f(l.head)
	}
}

func init() {
	parts["generics"] = func() {
		l := &list[string]{"a", &list[string]{"b", nil}}
		l.each(func(s string) { fmt.Print(s, " ") })
		fmt.Println(sum(1, 2, 3), sum(0.5, 0.25))
	}
	parts["atomic"] = func() {
		var n atomic.Int64
		var p atomic.Pointer[string]
		var v atomic.Value
		var wg sync.WaitGroup
		for i := 0; i < 8; i++ {
			wg.Add(1)
			go func(i int64) { n.Add(i); wg.Done() }(int64(i))
		}
		wg.Wait()
		text := "pointed"
		p.Store(&text)
		v.Store(3.5)
		fmt.Println(n.Load(), n.CompareAndSwap(28, 1), n.Swap(2), *p.Load(), v.Load())
	}
}
