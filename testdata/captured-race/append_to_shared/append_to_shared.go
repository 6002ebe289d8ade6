// Package append_to_shared appends to a shared slice and counts without a lock.
package append_to_shared

import "sync"

func bad(keys []string) ([]string, int) {
	var wg sync.WaitGroup
	var out []string
	n := 0
	for _, key := range keys {
		wg.Go(func() {
			out = append(out, key) // want "variable out is written by several goroutines at once"
			n++                    // step "n is raced for as well"
		})
	}
	wg.Wait()
	return out, n
}
