// Package last_error lets every goroutine set one error.
package last_error

import "sync"

func bad(keys []string, visit func(string) error) error {
	var wg sync.WaitGroup
	var err error
	for _, key := range keys {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			err = visit(key) // want "variable err is written by several goroutines at once"
		}()
	}
	wg.Wait()
	return err
}
