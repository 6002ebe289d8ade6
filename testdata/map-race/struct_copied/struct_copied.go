// Package struct_copied copies a struct for every goroutine, but the copies share its map.
package struct_copied

import "sync"

type options struct {
	name string
	tags map[string]string
}

func (o options) with(key, value string) options {
	o.tags[key] = value // want "map o.tags is written by several goroutines at once"
	return o
}

func bad(base options, shards []string) []options {
	all := make([]options, len(shards))
	var wg sync.WaitGroup
	for i, shard := range shards {
		own := base
		own.name = shard
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			all[i] = own.with("shard", shard)
		}()
	}
	wg.Wait()
	return all
}
