// Package ok_first_error_of_all closes the channel before it looks for an error, or takes as many as there are.
package ok_first_error_of_all

import (
	"errors"
	"sync"
)

var errDone = errors.New("done")

func all(steps []func() error, last func() error) (err error) {
	errs := make(chan error, len(steps)+1)
	var wg sync.WaitGroup
	for _, step := range steps {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs <- step()
		}()
	}
	errs <- last()
	wg.Wait()
	close(errs)
	err = func() error {
		for err := range errs {
			if err != nil {
				return err
			}
		}
		return nil
	}()
	return err
}

func counted(steps []func() error) error {
	errs := make(chan error, len(steps))
	for _, step := range steps {
		go func() { errs <- step() }()
	}
	return func() error {
		left := len(steps)
		for err := range errs {
			left--
			if err != nil {
				return err
			}
			if left == 0 {
				return nil
			}
		}
		return errDone
	}()
}
