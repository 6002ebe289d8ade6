// Package ok_two_phases waits for the writer before it starts the readers.
package ok_two_phases

import "sync"

func ok(keys []string) int {
	ranks := map[string]int{}
	var load, use sync.WaitGroup
	load.Add(1)
	go func() {
		defer load.Done()
		for i, key := range keys {
			ranks[key] = i
		}
	}()
	load.Wait()
	sums := make([]int, len(keys))
	for i, key := range keys {
		use.Add(1)
		go func() {
			defer use.Done()
			sums[i] = ranks[key]
		}()
	}
	use.Wait()
	clear(ranks)
	return sums[0]
}
