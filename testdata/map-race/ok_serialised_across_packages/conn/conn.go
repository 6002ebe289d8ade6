// Package conn asks shards in parallel and passes their results on one by one.
package conn

import "sync"

// Result is what one shard has.
type Result struct {
	Shard string
	Rows  []int
}

// Scatter asks all shards.
type Scatter struct{ Shards []string }

// StreamMulti calls callback for every result, never twice at a time.
func (s *Scatter) StreamMulti(query string, callback func(Result) error) error {
	var mu sync.Mutex
	return s.multiGo(func(shard string) error {
		return streamOne(shard, query, func(r Result) error { return processOne(&mu, r, callback) })
	})
}

func processOne(mu *sync.Mutex, r Result, callback func(Result) error) error {
	mu.Lock()
	defer mu.Unlock()
	return callback(r)
}

func streamOne(shard, query string, callback func(Result) error) error {
	for range len(query) {
		if err := callback(Result{Shard: shard, Rows: []int{1}}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Scatter) multiGo(action func(string) error) error {
	errs := make(chan error, len(s.Shards))
	for _, shard := range s.Shards {
		go func() { errs <- action(shard) }()
	}
	var first error
	for range s.Shards {
		if err := <-errs; err != nil {
			first = err
		}
	}
	return first
}
