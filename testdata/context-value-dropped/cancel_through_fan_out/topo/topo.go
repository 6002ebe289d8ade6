// Package topo locks keyspaces and remembers the locks in contexts.
package topo

import (
	"context"
	"fmt"
	"sync"
)

type locksType int

const locksKey locksType = 0

type locks struct {
	mu   sync.Mutex
	held map[string]bool
}

// Server keeps shards.
type Server struct{ shards map[string]*Shard }

// Shard is a part of a keyspace.
type Shard struct {
	Keyspace string
	denied   bool
}

// LockKeyspace gives a context that knows of the lock.
func (s *Server) LockKeyspace(ctx context.Context, keyspace string) (context.Context, func(), error) {
	i, ok := ctx.Value(locksKey).(*locks)
	if !ok {
		i = &locks{held: map[string]bool{}}
		ctx = context.WithValue(ctx, locksKey, i)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.held[keyspace] {
		return nil, nil, fmt.Errorf("%s is locked already", keyspace)
	}
	i.held[keyspace] = true
	return ctx, func() { s.unlock(i, keyspace) }, nil
}

func (s *Server) unlock(i *locks, keyspace string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.held, keyspace)
}

func checkLocked(ctx context.Context, keyspace string) error {
	i, ok := ctx.Value(locksKey).(*locks) // step "locksKey"
	if !ok {
		return fmt.Errorf("keyspace %s is not locked", keyspace)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if !i.held[keyspace] {
		return fmt.Errorf("keyspace %s is not among the locks", keyspace)
	}
	return nil
}

// UpdateShard changes a shard; it asks for no lock.
func (s *Server) UpdateShard(ctx context.Context, name string, update func(*Shard) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return update(s.shards[name])
}

// DenyTables needs the lock of the keyspace.
func (s *Shard) DenyTables(ctx context.Context) error {
	if err := checkLocked(ctx, s.Keyspace); err != nil {
		return err
	}
	s.denied = true
	return nil
}
