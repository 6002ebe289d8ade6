// case: min-confidence=medium

// Package ok_recorder asks whether there are errors already and adds one of its own: the order does not matter.
package ok_recorder

import (
	"errors"
	"sync"
)

type Recorder struct {
	mu     sync.Mutex
	errors []error
}

func (r *Recorder) HasErrors() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.errors) > 0
}

func (r *Recorder) Record(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors = append(r.errors, err)
}

func Copy(rec *Recorder, files []string, copyFile func(string) error) {
	var wg sync.WaitGroup
	for _, file := range files {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if rec.HasErrors() {
				return
			}
			if err := copyFile(file); err != nil {
				rec.Record(errors.Join(err, errors.New(file)))
			}
		}()
	}
	wg.Wait()
}
