// Package stream_in_a_field serves a stream that the object at hand has in a field.
package stream_in_a_field

import (
	"context"
	"time"
)

type rows interface {
	Context() context.Context
	Send(row string) error
}

type source struct{ lines chan string }

func (s *source) next(ctx context.Context) (string, error) {
	select {
	case line := <-s.lines:
		return line, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

type sender struct {
	from  *source
	limit time.Duration
	to    rows
}

func (s *sender) one() error { // step "s.to is at hand"
	line, err := s.from.next(context.TODO()) // want "s.from.next waits under a fresh context: the end of s.to is not heard of"
	if err != nil {
		return err
	}
	return s.to.Send(line)
}

func (s *sender) limited() error { // step "s.to is at hand"
	ctx, cancel := context.WithTimeout(context.Background(), s.limit) // step "a fresh context is made"
	defer cancel()
	line, err := s.from.next(ctx) // want "s.from.next waits under a fresh context: the end of s.to is not heard of"
	if err != nil {
		return err
	}
	return s.to.Send(line)
}

func (s *sender) heard() error {
	line, err := s.from.next(s.to.Context())
	if err != nil {
		return err
	}
	return s.to.Send(line)
}
