// Package scatter sends a query to all shards at once.
package scatter

import "sync"

// Row is a result row.
type Row map[string]string

// Conn reaches the shards.
type Conn struct{ Shards []string }

// Stream runs the query on every shard and hands each result to callback.
func (c *Conn) Stream(query string, callback func(Row) error) error {
	return c.multi(func(shard string) error {
		return callback(Row{"shard": shard, "query": query})
	})
}

func (c *Conn) multi(action func(shard string) error) error {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
	)
	for _, shard := range c.Shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := action(shard); err != nil {
				mu.Lock()
				first = err
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return first
}
