// Package add_in_second_goroutine counts one kind of goroutine in front of its start, and lets the other count itself.
package add_in_second_goroutine

import "sync"

func ask(replicas []string, primary string, one, other func(string)) {
	var wg sync.WaitGroup
	for _, name := range replicas {
		switch {
		case name == primary:
			wg.Add(1)
			go func() {
				defer wg.Done()
				one(name)
			}()
		default:
			go func() { // step "a goroutine is started"
				wg.Add(1) // want "wg.Add runs on the goroutine that it counts: wg.Wait may return before"
				defer wg.Done()
				other(name)
			}()
		}
	}
	wg.Wait() // step "may have passed by then"
}
