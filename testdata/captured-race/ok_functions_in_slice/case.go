// Package ok_functions_in_slice collects functions that share nothing, or that one goroutine runs.
package ok_functions_in_slice

import "sync"

func inParallel(parts []func()) {
	var all sync.WaitGroup
	for _, part := range parts {
		all.Add(1)
		go func() {
			defer all.Done()
			part()
		}()
	}
	all.Wait()
}

// each of the functions runs once, with variables of its own.
func ends(ask func(string) (int, error)) (int, error) {
	var low, high int
	var lowErr, highErr error
	inParallel([]func(){
		func() { low, lowErr = ask("low") },
		func() { high, highErr = ask("high") },
	})
	if lowErr != nil {
		return 0, lowErr
	}
	return high - low, highErr
}

// the variable is made for each name.
func sizes(names []string, ask func(string) (int, error)) []int {
	found := make([]int, len(names))
	parts := make([]func(), len(names))
	for i, name := range names {
		tries := 0
		parts[i] = func() {
			var err error
			for tries = 0; tries < 3; tries++ {
				if found[i], err = ask(name); err == nil {
					return
				}
			}
		}
	}
	inParallel(parts)
	return found
}

// one goroutine runs them one after the other.
func inOrder(names []string, ask func(string) (int, error)) (total int) {
	var parts []func()
	for _, name := range names {
		parts = append(parts, func() {
			if size, err := ask(name); err == nil {
				total += size
			}
		})
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, part := range parts {
			part()
		}
	}()
	<-done
	return total
}
