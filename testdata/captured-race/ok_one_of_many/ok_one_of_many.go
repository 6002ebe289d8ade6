// Package ok_one_of_many starts one goroutine that writes the variable: for the chosen key.
package ok_one_of_many

import "sync"

func ok(keys []string, primary string, visit func(string) error) error {
	var wg sync.WaitGroup
	var primaryErr error
	for _, key := range keys {
		if key == primary {
			wg.Go(func() { primaryErr = visit(key) })
		} else {
			wg.Go(func() { _ = visit(key) })
		}
	}
	wg.Wait()
	return primaryErr
}
