// Package store keeps records by path.
package store

import "context"

// Conn is where records are.
type Conn interface {
	Get(ctx context.Context, path string) ([]byte, error)
	Create(ctx context.Context, path string, record []byte) error
	Watch(ctx context.Context, path string) (<-chan []byte, error)
}
