// Package ok_one_each gives each goroutine an entry of its own, and goes through all of them when they have ended.
package ok_one_each

import "sync"

type entry struct{ count int }

func run(names []string) int {
	entries := map[string]*entry{}
	for _, name := range names {
		entries[name] = &entry{}
	}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { entries[name].count++ })
	}
	wg.Wait()
	sum := 0
	for _, e := range entries {
		sum += e.count
	}
	return sum
}
