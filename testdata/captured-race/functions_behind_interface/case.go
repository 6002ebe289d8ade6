// Package functions_behind_interface hands functions to one of two executors: one of them runs them at once.
package functions_behind_interface

import "sync"

type step func() error

type executor interface {
	execute(steps ...step) error
}

type inOrder struct{}

func (inOrder) execute(steps ...step) error {
	for _, run := range steps {
		if err := run(); err != nil {
			return err
		}
	}
	return nil
}

type atOnce struct{}

func (atOnce) execute(steps ...step) error {
	errs := make(chan error, len(steps))
	var all sync.WaitGroup
	for i := range steps {
		all.Add(1)
		go func(run step) {
			defer all.Done()
			errs <- run()
		}(steps[i])
	}
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

type checker struct {
	executor executor
}

func newChecker(careful bool) *checker {
	if careful {
		return &checker{inOrder{}}
	}
	return &checker{executor: atOnce{}}
}

func (c *checker) check(names []string, ask func(string) (bool, error)) (bad []string, err error) {
	steps := make([]step, 0, len(names))
	for _, name := range names {
		steps = append(steps, func() error {
			ok, err := ask(name)
			if !ok {
				bad = append(bad, name) // want "variable bad is written by several goroutines at once"
			}
			return err
		})
	}
	err = c.executor.execute(steps...)
	return bad, err
}
