// Package ranged_outside_lock ranges over positions to start streams, whose callbacks advance the positions under a
// lock that the range does not hold.
package ranged_outside_lock

import "sync"

type positions struct{ at map[string]int }

func streamShard(from int, callback func(int) error) error {
	for i := range 10 {
		if err := callback(from + i); err != nil {
			return err
		}
	}
	return nil
}

func bad(p *positions) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for shard, from := range p.at { // want "map p.at is read while another goroutine may write it"
		wg.Add(1)
		go func(shard string, from int) {
			defer wg.Done()
			_ = streamShard(from, func(to int) error {
				mu.Lock()
				defer mu.Unlock()
				p.at[shard] = to // step "writes p.at"
				return nil
			})
		}(shard, from)
	}
	wg.Wait()
}
