// Small programs that are run natively and in the machine: the first argument says which. Each writes what does
// not depend on the computer, and ends.
package main

import (
	"fmt"
	"os"
	"sort"
)

var parts = map[string]func(){}

func main() {
	if len(os.Args) > 1 {
		if part := parts[os.Args[1]]; part != nil {
			part()
			return
		}
	}
	names := []string{}
	for name := range parts {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Println(name)
	}
}
