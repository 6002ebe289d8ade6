// Package ok_read_after_wait returns variables beside a call that waits for who writes them: gc reads them after it.
package ok_read_after_wait

import (
	"sync"
	"sync/atomic"
)

type group struct{ sync.WaitGroup }

func (g *group) Wait() error {
	g.WaitGroup.Wait()
	return nil
}

type found struct{ keys []string }

func collect(keys []string) ([]string, error) {
	var g group
	var mu sync.Mutex
	var out found
	for _, key := range keys {
		g.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			out.keys = append(out.keys, key)
		})
	}
	return out.keys, g.Wait()
}

func count(keys []string) (int, error) {
	var g group
	var n int64
	for range keys {
		g.Go(func() { atomic.AddInt64(&n, 1) })
	}
	return int(n), g.Wait()
}
