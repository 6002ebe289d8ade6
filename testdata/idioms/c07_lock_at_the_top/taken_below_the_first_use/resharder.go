// Package taken_below_the_first_use ranges over the map at the top of a concurrent callback and locks afterwards.
package taken_below_the_first_use

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
	for _, source := range r.sources {
		wg.Add(1)
		go func(source string) {
			defer wg.Done()
			_ = f(source)
		}(source)
	}
	wg.Wait()
	return nil
}

func (r *resharder) add(workflow, source string) {
	r.streams[workflow+":"+source] = &stream{workflow, source} // step "writes r.streams"
}

func (r *resharder) read() error {
	var mu sync.Mutex
	return r.forAll(func(source string) error {
		known := make(map[string]bool)
		for key := range r.streams { // want "map r.streams is read while another goroutine may write it"
			known[key] = true
		}
		mu.Lock()
		defer mu.Unlock()
		for i := range 3 {
			if workflow := fmt.Sprint(i); !known[workflow] {
				r.add(workflow, source)
			}
		}
		return nil
	})
}

func run() { _ = (&resharder{sources: []string{"a", "b", "c"}, streams: map[string]*stream{}}).read() }
