// Package ok_index_per_goroutine gives every goroutine the map at its own index, and merges after the wait (idiom C24).
package ok_index_per_goroutine

import (
	"maps"
	"sync"
)

func ok(shards []string) map[string]int {
	parts := make([]map[string]int, len(shards))
	var wg sync.WaitGroup
	for i, shard := range shards {
		parts[i] = map[string]int{}
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			parts[i][shard] = len(shard)
			parts[i]["common"]++
		}(i)
	}
	wg.Wait()
	merged := map[string]int{}
	for _, part := range parts {
		maps.Copy(merged, part)
	}
	return merged
}
