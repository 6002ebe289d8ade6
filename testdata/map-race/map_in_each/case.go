// Package map_in_each lets every goroutine write into the maps of all objects of a slice.
package map_in_each

import "sync"

type item struct{ tags map[string]bool }

func mark(items []*item, tags []string) {
	var wg sync.WaitGroup
	for _, tag := range tags {
		wg.Go(func() {
			for _, one := range items {
				one.tags[tag] = true // want "map one.tags is written by several goroutines at once"
			}
		})
	}
	wg.Wait()
}
