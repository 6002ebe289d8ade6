// Package one_function_forgets has a global map that a global lock guards in all functions but one.
package one_function_forgets

import "sync"

var (
	healthMu sync.Mutex
	health   = make(map[string]int)
)

func record(alias string) int {
	return func() int {
		healthMu.Lock()
		defer healthMu.Unlock()
		health[alias]++ // step "writes health"
		return health[alias]
	}()
}

func forget(alias string) {
	if len(alias) > 3 {
		return
	}
	delete(health, alias) // want "map health is written while another goroutine may write it"
}

func run() {
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 100 {
			record("a")
		}
	})
	wg.Go(func() {
		for range 100 {
			forget("a")
		}
	})
	wg.Wait()
}
