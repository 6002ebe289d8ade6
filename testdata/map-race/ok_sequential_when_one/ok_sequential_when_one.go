// Package ok_sequential_when_one uses a helper that runs its callback here when there is one shard and on goroutines
// when there are more; the callback locks in any case.
package ok_sequential_when_one

import "sync"

func multiGo(shards []string, action func(string) error) (first error) {
	if len(shards) == 1 {
		return action(shards[0])
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, shard := range shards {
		wg.Add(1)
		go func(shard string) {
			defer wg.Done()
			if err := action(shard); err != nil {
				mu.Lock()
				defer mu.Unlock()
				first = err
			}
		}(shard)
	}
	wg.Wait()
	return first
}

func ok(shards []string) (map[string]int, error) {
	var mu sync.Mutex
	rows := make(map[string]int)
	err := multiGo(shards, func(shard string) error {
		n := len(shard)
		mu.Lock()
		rows[shard] = n
		mu.Unlock()
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows["all"] = len(rows)
	return rows, nil
}
