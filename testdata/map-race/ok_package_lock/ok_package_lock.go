// Package ok_package_lock guards a package variable with a package lock (idiom C19).
package ok_package_lock

import "sync"

var (
	mu     sync.Mutex
	byName = map[string]int{}
)

func add(name string) {
	mu.Lock()
	defer mu.Unlock()
	byName[name]++
}

func count() int {
	mu.Lock()
	defer mu.Unlock()
	return len(byName) + byName["a"]
}

func ok(keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			add(key)
			count()
		}()
	}
	wg.Wait()
}
