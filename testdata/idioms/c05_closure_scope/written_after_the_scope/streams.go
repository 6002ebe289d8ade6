// Package written_after_the_scope looks up in a locked function literal and writes after it, when the lock is free again.
package written_after_the_scope

import "sync"

func forAll(shards []string, f func(string) error) error {
	var wg sync.WaitGroup
	for _, shard := range shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = f(shard)
		}()
	}
	wg.Wait()
	return nil
}

func streams(shards []string) (map[string]int, error) {
	var mu sync.Mutex
	byShard := make(map[string]int, len(shards))
	err := forAll(shards, func(shard string) error {
		n := func() int {
			mu.Lock()
			defer mu.Unlock()
			return byShard[shard]
		}()
		byShard[shard] = n + 1 // want "map byShard is written by several goroutines at once"
		return nil
	})
	return byShard, err
}

func run() { _, _ = streams([]string{"a", "b", "a", "c"}) }
