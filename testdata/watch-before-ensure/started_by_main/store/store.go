// Package store keeps records by path.
package store

import (
	"context"
	"errors"
	"sync"
)

// ErrNone says that there is no such record.
var ErrNone = errors.New("no such record")

// Conn is where records are.
type Conn interface {
	Get(ctx context.Context, path string) ([]byte, error)
	Update(ctx context.Context, path string, record []byte) error
	Watch(ctx context.Context, path string) (<-chan []byte, error)
}

// Memory is a Conn for tests.
type Memory struct {
	mu      sync.Mutex
	records map[string][]byte
}

// Open returns an empty one.
func Open() *Memory { return &Memory{records: map[string][]byte{}} }

// Get fails when there is no such record.
func (m *Memory) Get(ctx context.Context, path string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if found, ok := m.records[path]; ok {
		return found, nil
	}
	return nil, ErrNone
}

// Update writes a record.
func (m *Memory) Update(ctx context.Context, path string, record []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.records[path] = record
	return nil
}

// Watch fails when there is no such record.
func (m *Memory) Watch(ctx context.Context, path string) (<-chan []byte, error) {
	if _, err := m.Get(ctx, path); err != nil {
		return nil, err
	}
	return make(chan []byte), nil
}
