// Package done_missed_on_error returns from the goroutine before Done.
package done_missed_on_error

import "sync"

func all(items []int, work func(int) error, report func(error)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			if err := work(item); err != nil { // step "the condition holds"
				report(err)
				return // step "ends without wg.Done"
			}
			wg.Done() // want "wg.Done is not called on a path on which func literal in all returns"
		}()
	}
	wg.Wait()
}
