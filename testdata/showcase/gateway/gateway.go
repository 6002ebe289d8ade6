// Package gateway joins, moves and follows: three believable functions, each with one bug.
package gateway

import (
	"context"
	"time"

	"govetpy.test/showcase/health"
	"govetpy.test/showcase/locks"
	"govetpy.test/showcase/scatter"
)

// Streamer runs queries; a scatter.Conn is one.
type Streamer interface {
	Stream(query string, callback func(scatter.Row) error) error
}

// Open gives the connection to the shards.
func Open(shards []string) Streamer { return &scatter.Conn{Shards: shards} }

// Join remembers the last row of every shard.
func Join(s Streamer, query string) (scatter.Row, error) {
	vars := make(scatter.Row)
	err := s.Stream(query, func(row scatter.Row) error {
		vars[row["shard"]] = row["query"]
		return nil
	})
	return vars, err
}

// Move moves a keyspace, and undoes the move when it fails.
func Move(ctx context.Context, keyspace string, step func(context.Context) error) error {
	ctx, unlock := locks.Acquire(ctx, keyspace)
	defer unlock()
	err := step(ctx)
	if err == nil {
		return route(ctx, keyspace)
	}
	undo, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if undoErr := route(undo, keyspace); undoErr != nil {
		return undoErr
	}
	return err
}

func route(ctx context.Context, keyspace string) error { return locks.Check(ctx, keyspace) }

// Follow keeps a list of the servers that serve.
func Follow(servers []string, serving map[string]bool) {
	check := health.New()
	for _, server := range servers {
		check.Add(server)
	}
	for status := range check.Subscribe() {
		serving[status.Server] = status.Serving
	}
}
