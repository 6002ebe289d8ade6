// Package kv keeps texts by key, and tells listeners of them.
package kv

import (
	"context"
	"errors"
	"strings"
	"sync"
)

// ErrMissing says that there is no such key.
var ErrMissing = errors.New("kv: missing")

// Client is a store.
type Client interface {
	Fetch(ctx context.Context, key string) (string, error)
	Store(ctx context.Context, key, value string) error
	Subscribe(ctx context.Context, key string) (<-chan string, error)
}

// Listener hears of a key, or that it is not there.
type Listener interface {
	OnChange(value string, err error)
}

// Local is a store in memory.
type Local struct {
	mu    sync.Mutex
	texts map[string]string
}

// New gives an empty store.
func New() *Local { return &Local{texts: map[string]string{}} }

// Put writes a key.
func (l *Local) Put(key, value string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.texts[key] = value
}

// Get reads a key.
func (l *Local) Get(key string) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if text, ok := l.texts[key]; ok {
		return text, nil
	}
	return "", ErrMissing
}

// Listen tells a listener of a key that is there.
func (l *Local) Listen(key string, listener Listener) { listener.OnChange(l.Get(key)) }

// Fetch reads a key.
func (l *Local) Fetch(_ context.Context, key string) (string, error) { return l.Get(key) }

// Store writes a key.
func (l *Local) Store(_ context.Context, key, value string) error {
	l.Put(key, value)
	return nil
}

// Subscribe follows a key that is there.
func (l *Local) Subscribe(_ context.Context, key string) (<-chan string, error) {
	if _, err := l.Get(key); err != nil {
		return nil, err
	}
	return make(chan string), nil
}

// Load reads a list.
func Load[T ~[]string](ctx context.Context, c Client, key string) (T, error) {
	text, err := c.Fetch(ctx, key)
	if err != nil {
		return nil, err
	}
	return strings.Split(text, ","), nil
}

// Save writes a list.
func Save[T ~[]string](ctx context.Context, c Client, key string, list T) error {
	return c.Store(ctx, key, strings.Join(list, ","))
}
