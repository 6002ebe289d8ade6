// Package kv is a store of texts by key.
package kv

import (
	"context"
	"errors"
)

// ErrAbsent and ErrPresent say whether a key is there.
var (
	ErrAbsent  = errors.New("kv: absent")
	ErrPresent = errors.New("kv: present")
)

// Store keeps texts.
type Store struct{ texts map[string]string }

// New gives an empty store.
func New() *Store { return &Store{texts: map[string]string{}} }

// Watch gives the text of a key, which must be there, and its changes.
func (s *Store) Watch(ctx context.Context, key string) (<-chan string, error) {
	text, ok := s.texts[key]
	if !ok {
		return nil, ErrAbsent
	}
	changes := make(chan string, 1)
	changes <- text
	return changes, ctx.Err()
}

// Create writes the text of a new key.
func (s *Store) Create(ctx context.Context, key, text string) error {
	if _, ok := s.texts[key]; ok {
		return ErrPresent
	}
	s.texts[key] = text
	return ctx.Err()
}

// Put writes the text of a key.
func (s *Store) Put(ctx context.Context, key, text string) error {
	s.texts[key] = text
	return ctx.Err()
}
