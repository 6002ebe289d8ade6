// Package generic_for_each goes through a generic helper whose worker goroutines take items from a channel.
package generic_for_each

import "sync"

func forEach[T any](items []T, workers int, f func(T) error) error {
	queue := make(chan T)
	errs := make(chan error, workers)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() { // step "goroutine"
			for item := range queue {
				if err := f(item); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	for _, item := range items {
		queue <- item
	}
	close(queue)
	wg.Wait()
	close(errs)
	return <-errs
}

func bad(names []string) (map[string]int, error) {
	sizes := make(map[string]int)
	err := forEach(names, 4, func(name string) error {
		sizes[name] = len(name) // want "map sizes is written by several goroutines at once"
		return nil
	})
	return sizes, err
}
