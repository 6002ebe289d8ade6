// Package ok_own_error gives every goroutine an error of its own.
package ok_own_error

import "sync"

func ok(keys []string, visit func(string) error) []error {
	var wg sync.WaitGroup
	errs := make([]error, len(keys))
	for i, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			err := visit(key)
			errs[i] = err
		}()
	}
	wg.Wait()
	return errs
}
