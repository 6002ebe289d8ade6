// Package room_for_one gives a channel room for one failure and reads it only when all goroutines have ended.
package room_for_one

import (
	"context"
	"sync"
)

type failure struct {
	tablet string
	err    error
}

type executor struct{ tablets []string }

func (e *executor) executeAll(ctx context.Context, exec func(context.Context, string) error) []failure {
	var wg sync.WaitGroup
	failures := make(chan failure, 1)
	for _, tablet := range e.tablets {
		wg.Add(1)
		go func(tablet string) {
			defer wg.Done()
			if err := exec(ctx, tablet); err != nil {
				failures <- failure{tablet, err} // want "this send on failures may wait for ever"
			}
		}(tablet)
	}
	wg.Wait()
	close(failures)
	var failed []failure
	for f := range failures {
		failed = append(failed, f)
	}
	return failed
}
