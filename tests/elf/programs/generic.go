// Names that are not plain: type parameters, methods, closures; a frame too large for a displacement of 8 bits.
package main

import (
	"fmt"
	"os"
	"sort"
	"strings"
)

type pair[K comparable, V any] struct {
	key   K
	value V
}

func each[T any](all []T, do func(T)) {
	for _, one := range all {
		do(one)
	}
}

func (p *pair[K, V]) String() string { return fmt.Sprint(p.key, "=", p.value) }

//go:noinline
func large(n int) (sum int) {
	var many [4096]int
	for i := range many {
		many[i] = i * n
	}
	return many[n] + many[len(many)-1]
}

func main() {
	defer func() {
		if err := recover(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	words := strings.Fields("g m p sched")
	sort.Slice(words, func(i, j int) bool { return words[i] > words[j] })
	each(words, func(word string) { fmt.Println((&pair[string, int]{word, len(word)}).String()) })
	fmt.Println(large(len(words)))
}
