// Package ok_as_many_as_senders gives channels as much room as there are goroutines, waits for these, then closes and
// reads the channels.
package ok_as_many_as_senders

import (
	"context"
	"sync"
)

type failure struct {
	tablet string
	err    error
}

type executor struct{ tablets []string }

func (e *executor) executeAll(ctx context.Context, exec func(context.Context, string) error) (int, []failure) {
	var wg sync.WaitGroup
	count := len(e.tablets)
	wg.Add(count)
	failures := make(chan failure, count)
	successes := make(chan string, count)
	for _, tablet := range e.tablets {
		go func(tablet string) {
			defer wg.Done()
			e.executeOne(ctx, tablet, exec, failures, successes)
		}(tablet)
	}
	wg.Wait()
	close(failures)
	close(successes)
	failed := make([]failure, 0, len(failures))
	for f := range failures {
		failed = append(failed, f)
	}
	done := 0
	for range successes {
		done++
	}
	return done, failed
}

func (e *executor) executeOne(
	ctx context.Context, tablet string, exec func(context.Context, string) error, failures chan failure, successes chan string,
) {
	if err := exec(ctx, tablet); err != nil {
		failures <- failure{tablet, err}
		return
	}
	successes <- tablet
}
