// Package add_in_goroutine adds after other statements of the goroutine, where Wait may be long gone.
package add_in_goroutine

import "sync"

func all(items []int, work func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		go func() { // step "a goroutine is started"
			item *= 2
			wg.Add(1) // want "wg.Add runs on the goroutine that it counts: wg.Wait may return before"
			defer wg.Done()
			work(item)
		}()
	}
	wg.Wait() // step "may have passed by then"
}
