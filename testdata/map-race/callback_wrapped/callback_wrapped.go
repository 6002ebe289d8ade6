// Package callback_wrapped wraps a callback twice before it reaches the helper that runs it on many goroutines.
package callback_wrapped

import (
	"errors"
	"sync"
)

var errStopped = errors.New("stopped")

type visit func(shard int) error

func retried(f visit) visit {
	return func(shard int) error {
		if err := f(shard); err == nil {
			return nil
		}
		return f(shard)
	}
}

func unless(stopped func() bool, f visit) visit {
	return func(shard int) error {
		if stopped() {
			return errStopped
		}
		return f(shard)
	}
}

func forShards(shards int, f visit) {
	var wg sync.WaitGroup
	for shard := range shards {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			_ = f(shard)
		}()
	}
	wg.Wait()
}

func bad(shards int) map[int]bool {
	reached := map[int]bool{}
	f := retried(func(shard int) error {
		reached[shard] = true // want "map reached is written by several goroutines at once"
		return nil
	})
	forShards(shards, unless(func() bool { return false }, f))
	return reached
}
