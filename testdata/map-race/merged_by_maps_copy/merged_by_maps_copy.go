// Package merged_by_maps_copy merges into the shared map through the standard library.
package merged_by_maps_copy

import (
	"maps"
	"sync"
)

func load(shard int) map[int]string { return map[int]string{shard: "up"} }

func bad(shards int) map[int]string {
	all := map[int]string{}
	var wg sync.WaitGroup
	for shard := range shards {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			maps.Copy(all, load(shard)) // want "map all is written by several goroutines at once"
		}()
	}
	wg.Wait()
	return all
}
