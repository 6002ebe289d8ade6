// Package ok_callback_handed_outside hands callbacks on to connections that only other programs have.
package ok_callback_handed_outside

import "sync"

// Conn is a connection to a shard.
type Conn interface {
	Rows(query string, each func(string)) error
}

// Scatter asks all shards at once.
func Scatter(shards []Conn, query string, each func(string)) {
	var wg sync.WaitGroup
	for _, shard := range shards {
		wg.Go(func() { _ = shard.Rows(query, each) })
	}
	wg.Wait()
}

// Count counts rows.
func Count(shards []Conn, query string) map[string]int {
	var mu sync.Mutex
	found := map[string]int{}
	Scatter(shards, query, func(row string) {
		mu.Lock()
		defer mu.Unlock()
		found[row]++
	})
	return found
}
