// Package first_error_of_all looks for the first error among those of all goroutines, in a channel that nobody closes.
package first_error_of_all

import "sync"

func all(steps []func() error, last func() error) (err error) {
	errs := make(chan error, len(steps)+1)
	var wg sync.WaitGroup
	for _, step := range steps {
		wg.Add(1)
		go func() { // step "a goroutine is started"
			defer wg.Done()
			errs <- step()
		}()
	}
	errs <- last()
	wg.Wait()
	err = func() error {
		for err := range errs { // want "nobody closes it"
			if err != nil {
				return err
			}
		}
		return nil
	}()
	return err
}
