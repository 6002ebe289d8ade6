// Package callback_handed_outside hands callbacks on to connections that only other programs have.
package callback_handed_outside

import "sync"

// Conn is a connection to a shard.
type Conn interface {
	Rows(query string, each func(string)) error
}

// Scatter asks all shards at once.
func Scatter(shards []Conn, query string, each func(string)) {
	var wg sync.WaitGroup
	for _, shard := range shards {
		wg.Go(func() { _ = shard.Rows(query, each) }) // step "goroutine"
	}
	wg.Wait()
}

// Count counts rows.
func Count(shards []Conn, query string) map[string]int {
	found := map[string]int{}
	Scatter(shards, query, func(row string) {
		found[row]++ // want "map found is written by several goroutines at once"
	})
	return found
}
