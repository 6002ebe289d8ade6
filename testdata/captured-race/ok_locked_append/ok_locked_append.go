// Package ok_locked_append appends under a lock, reads after Wait.
package ok_locked_append

import "sync"

func ok(keys []string) []string {
	var (
		wg  sync.WaitGroup
		mu  sync.Mutex
		out []string
	)
	for _, key := range keys {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			out = append(out, key)
		})
	}
	wg.Wait()
	return out
}
