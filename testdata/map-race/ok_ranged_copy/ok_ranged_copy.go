// Package ok_ranged_copy ranges over a copy of the positions that the streams advance: the fixed twin of
// ranged_outside_lock.
package ok_ranged_copy

import "sync"

type positions struct{ at map[string]int }

func ok(p *positions) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	starts := make(map[string]int, len(p.at))
	for shard, from := range p.at {
		starts[shard] = from
	}
	for shard, from := range starts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 10 {
				mu.Lock()
				p.at[shard] = from + i
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
}
