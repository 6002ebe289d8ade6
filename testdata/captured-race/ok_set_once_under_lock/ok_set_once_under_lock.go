// Package ok_set_once_under_lock reads what it has made sure of under the lock.
package ok_set_once_under_lock

import "sync"

func ok(keys []string, load func() []string) {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		names []string
	)
	for range keys {
		wg.Go(func() {
			mu.Lock()
			if len(names) == 0 {
				names = load()
			}
			mu.Unlock()
			_ = names
		})
	}
	wg.Wait()
}
