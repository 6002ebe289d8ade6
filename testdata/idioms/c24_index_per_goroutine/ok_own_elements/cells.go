// Package ok_own_elements gives every goroutine its own element of two slices; they are merged after the wait.
package ok_own_elements

import (
	"errors"
	"sync"
)

func tablets(cells []string, get func(cell string) ([]string, error)) (map[string]int, error) {
	results := make([][]string, len(cells))
	errs := make([]error, len(cells))
	wg := sync.WaitGroup{}
	wg.Add(len(cells))
	for i, cell := range cells {
		go func(i int, cell string) {
			results[i], errs[i] = get(cell)
			wg.Done()
		}(i, cell)
	}
	wg.Wait()
	all := make(map[string]int)
	for i := range cells {
		for _, tablet := range results[i] {
			all[tablet]++
		}
	}
	return all, errors.Join(errs...)
}

func run() {
	_, _ = tablets([]string{"a", "b", "c"}, func(cell string) ([]string, error) { return []string{cell}, nil })
}
