// Package ok_object_of_its_own gives every goroutine an object of its own (idioms C21, C22).
package ok_object_of_its_own

import "sync"

type request struct{ vars map[string]int }

func (r *request) set(key string) { r.vars[key]++ }

func handle(key string) {
	r := &request{vars: map[string]int{}}
	r.set(key)
}

func ok(keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			handle(key)
		}()
	}
	wg.Wait()
}
