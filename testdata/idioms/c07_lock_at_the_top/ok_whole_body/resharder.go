// Package ok_whole_body takes a lock at the top of a concurrent callback: its body, and what it calls, runs alone.
package ok_whole_body

import (
	"fmt"
	"sync"
)

type stream struct{ workflow, shard string }

type resharder struct {
	sources []string
	streams map[string]*stream
}

func (r *resharder) forAll(f func(source string) error) error {
	var wg sync.WaitGroup
	var errs sync.Map
	for _, source := range r.sources {
		wg.Add(1)
		go func(source string) {
			defer wg.Done()
			if err := f(source); err != nil {
				errs.Store(source, err)
			}
		}(source)
	}
	wg.Wait()
	return nil
}

func (r *resharder) add(workflow, source string) {
	r.streams[workflow+":"+source] = &stream{workflow, source}
}

func (r *resharder) read() error {
	var mu sync.Mutex
	return r.forAll(func(source string) error {
		mu.Lock()
		defer mu.Unlock()
		known := make(map[string]bool)
		for key := range r.streams {
			known[key] = true
		}
		for i := range 3 {
			workflow := fmt.Sprint(i)
			if known[workflow] {
				return fmt.Errorf("%s is in two places", workflow)
			}
			r.add(workflow, source)
			delete(known, workflow)
		}
		return nil
	})
}

func run() { _ = (&resharder{sources: []string{"a", "b", "c"}, streams: map[string]*stream{}}).read() }
