// Package ok_second_goroutine counts both kinds of goroutines in front of their start, or the second one in the first.
package ok_second_goroutine

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
			wg.Add(1)
			go func() {
				defer wg.Done()
				other(name)
			}()
		}
	}
	wg.Wait()
}

func relay(name string, one, other func(string)) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Add(1)
		defer wg.Done()
		go func() {
			defer wg.Done()
			other(name)
		}()
		one(name)
	}()
	wg.Wait()
}
