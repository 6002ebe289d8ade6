// Package ok_named_closure_locks calls a named closure that locks itself from callbacks that run in parallel (idiom C6).
package ok_named_closure_locks

import "sync"

func forAllTargets(targets []string, f func(string) error) error {
	var wg sync.WaitGroup
	for _, target := range targets {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = f(target)
		}()
	}
	wg.Wait()
	return nil
}

func ok(targets []string) (map[string]int, error) {
	maxima := make(map[string]int)
	mu := sync.Mutex{}
	update := func(table string, n int) {
		mu.Lock()
		defer mu.Unlock()
		if n > maxima[table] {
			maxima[table] = n
		}
	}
	err := forAllTargets(targets, func(target string) error {
		for n := range 5 {
			update(target, n)
			update("all", n)
		}
		return nil
	})
	return maxima, err
}
