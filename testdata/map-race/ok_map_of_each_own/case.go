// Package ok_map_of_each_own starts one goroutine for each object: nobody else writes into its map.
package ok_map_of_each_own

import "sync"

type item struct{ tags map[string]bool }

func (i *item) mark(tags []string) {
	for _, tag := range tags {
		i.tags[tag] = true
	}
}

func mark(items []*item, tags []string) {
	var wg sync.WaitGroup
	for _, one := range items {
		wg.Go(func() { one.mark(tags) })
		wg.Add(1)
		go func() {
			defer wg.Done()
			one.seen()
		}()
	}
	wg.Wait()
	for _, one := range items {
		one.tags["done"] = true
	}
}

func (i *item) seen() {}
