package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

type shape interface{ area() float64 }

type square struct{ side float64 }
type disc struct{ radius float64 }

func (s square) area() float64 { return s.side * s.side }
func (d *disc) area() float64  { return 3 * d.radius * d.radius }
func (s square) String() string {
	return fmt.Sprintf("square of %g", s.side)
}

type tooSmall struct{ least int }

func (e *tooSmall) Error() string { return fmt.Sprint("less than ", e.least) }

//go:noinline
func depth(n int) int {
	var room [512]byte
	room[n%512] = byte(n)
	if n == 0 {
		return 0
	}
	return depth(n-1) + 1 + int(room[(n+1)%512])
}

//go:noinline
func zero() int { return 0 }

func init() {
	parts["closures"] = func() {
		adders := []func(int) int{}
		for i := 0; i < 3; i++ {
			total := i * 10
			adders = append(adders, func(n int) int { total += n; return total })
		}
		for _, add := range adders {
			fmt.Println(add(1), add(2))
		}
	}
	parts["defers"] = func() {
		f := func() (out string) {
			for i := 0; i < 3; i++ {
				defer func(n int) { out += fmt.Sprint(n) }(i)
			}
			defer func() { out = fmt.Sprint(recover(), " ") }()
			panic("up")
		}
		fmt.Println(f())
	}
	parts["interfaces"] = func() {
		for _, one := range []interface{}{square{2}, &disc{1}, 7, nil, "text", []int{1}, errors.New("e")} {
			switch v := one.(type) {
			case shape:
				fmt.Printf("%T %g\n", v, v.area())
			case error:
				fmt.Println("error", v)
			default:
				fmt.Printf("%T %v\n", v, v)
			}
		}
		fmt.Println(square{3})
		var s shape = square{1}
		_, is := s.(*disc)
		fmt.Println(is, s == shape(square{1}))
	}
	parts["errors"] = func() {
		err := fmt.Errorf("reading: %w", &tooSmall{3})
		var small *tooSmall
		fmt.Println(err, errors.As(err, &small), small.least, errors.Is(err, os.ErrNotExist))
		fmt.Fprintln(os.Stderr, "it fails:", err)
		os.Exit(3)
	}
	parts["big-stack"] = func() { fmt.Println(depth(300)) }
	parts["nil-map"] = func() {
		var m map[string]int
		m["a"] = 1
	}
	parts["index"] = func() {
		all := []int{1, 2, 3}
		fmt.Println(all[len(os.Args)+5])
	}
	parts["slice-bounds"] = func() {
		fmt.Println("text"[len(os.Args)+1:][3:])
	}
	parts["divide"] = func() { fmt.Println(1 / zero()) }
	parts["wrong-type"] = func() {
		var what interface{} = "text"
		fmt.Println(what.(int))
	}
	parts["panic-again"] = func() {
		defer func() { panic(fmt.Sprint("again: ", recover())) }()
		panic(&tooSmall{1})
	}
	parts["division"] = func() {
		for _, a := range []int{7, -7} {
			for _, b := range []int{2, -2} {
				fmt.Println(a/b, a%b, a>>1, uint8(a), a&^b)
			}
		}
		var big uint64 = 1<<63 + 12345
		fmt.Println(big/10, big%10, int64(big), -9223372036854775808/int64(zero()-1))
	}
	parts["complex"] = func() {
		c := complex(3, -4)
		fmt.Println(c*c, real(c), imag(c), c/complex(0, 1), c == complex(3, -4))
		fmt.Printf("%.2f\n", c+1i)
	}
	parts["text-builder"] = func() {
		var b strings.Builder
		for i := 3; i > 0; i-- {
			fmt.Fprintf(&b, "%d...", i)
		}
		fmt.Println(b.String(), b.Len())
	}
}
