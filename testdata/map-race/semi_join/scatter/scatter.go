// Package scatter talks to all shards at once.
package scatter

import "sync"

// Conn is a connection to shards.
type Conn struct{ Shards int }

// StreamMulti runs stream for each shard.
func (c *Conn) StreamMulti(stream func(shard int) error) error {
	return c.multiGo(func(shard int) error {
		if err := stream(shard); err != nil {
			return err
		}
		return nil
	})
}

func (c *Conn) multiGo(action func(shard int) error) error {
	var wg sync.WaitGroup
	errs := make([]error, c.Shards)
	one := func(shard int) { errs[shard] = action(shard) }
	for shard := range c.Shards {
		wg.Add(1)
		go func(shard int) { // step "goroutine"
			defer wg.Done()
			one(shard)
		}(shard)
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
