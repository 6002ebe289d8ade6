// Package quotas keeps what services may use.
package quotas

import (
	"context"
	"errors"
	"sync"
)

// ErrAbsent says that nobody has built the record.
var ErrAbsent = errors.New("quotas: absent")

// Store keeps the records.
type Store struct {
	mu     sync.Mutex
	quotas map[string]int
}

// New gives an empty store.
func New() *Store { return &Store{quotas: map[string]int{}} }

// GetQuota reads a record.
func (s *Store) GetQuota(_ context.Context, zone string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if quota, ok := s.quotas[zone]; ok {
		return quota, nil
	}
	return 0, ErrAbsent
}

// WatchQuota gives the record, which must be there, and its changes.
func (s *Store) WatchQuota(ctx context.Context, zone string) (int, <-chan int, error) {
	quota, err := s.GetQuota(ctx, zone)
	return quota, make(chan int), err
}

// PutQuota writes a record.
func (s *Store) PutQuota(ctx context.Context, zone string, quota int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quotas[zone] = quota
	return ctx.Err()
}

// EnsureQuota writes the record if there is none.
func (s *Store) EnsureQuota(ctx context.Context, zone string) error {
	if _, err := s.GetQuota(ctx, zone); errors.Is(err, ErrAbsent) {
		return s.PutQuota(ctx, zone, 1)
	}
	return nil
}
