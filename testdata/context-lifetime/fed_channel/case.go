// Package fed_channel returns a channel that a goroutine feeds under a context which ends with the function.
package fed_channel

import (
	"context"
	"time"
)

type conn interface {
	recv(ctx context.Context) (int, error)
}

type client struct{ conn conn }

func (c *client) stream(ctx context.Context) (<-chan int, func() error) {
	rows := make(chan int)
	var failed error
	go func() {
		defer close(rows)
		for {
			row, err := c.conn.recv(ctx)
			if err != nil {
				failed = err
				return
			}
			select {
			case rows <- row:
			case <-ctx.Done():
				return
			}
		}
	}()
	return rows, func() error { return failed }
}

type streamer interface {
	stream(ctx context.Context) (<-chan int, func() error)
}

type pool struct{ streamers []streamer }

func newPool(c conn) *pool { return &pool{[]streamer{&client{c}}} }

func (p *pool) stream(ctx context.Context, at int) (<-chan int, func() error) {
	return p.streamers[at].stream(ctx)
}

type rows struct {
	in  <-chan int
	err func() error
}

func newRows(in <-chan int, err func() error) *rows { return &rows{in, err} }

func direct(c *client) (<-chan int, func() error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return c.stream(ctx) // want "the channel that c.stream returns is let out, but what feeds it ends"
}

func throughPool(p *pool) *rows {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	in, err := p.stream(ctx, 0) // want "the channel that p.stream returns is let out, but what feeds it ends"
	return newRows(in, err)
}

type feed interface {
	Subscribe(ctx context.Context, topic string) (<-chan int, error)
	Count(ctx context.Context, topic string) (int, error)
}

type local struct{ sinks map[string]chan int }

func (l *local) Subscribe(_ context.Context, topic string) (<-chan int, error) {
	sink := make(chan int, 1)
	l.sinks[topic] = sink
	return sink, nil
}

func (l *local) Count(context.Context, string) (int, error) { return len(l.sinks), nil }

var _ feed = (*local)(nil)

type subscriber struct {
	of     feed
	events <-chan int
}

func byContract(s *subscriber, topic string) (<-chan int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := s.of.Count(ctx, topic); err != nil {
		return nil, err
	}
	return s.of.Subscribe(ctx, topic) // want "the channel that s.of.Subscribe returns is let out"
}

func intoField(s *subscriber, topic string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	events, err := s.of.Subscribe(ctx, topic) // want "the channel that s.of.Subscribe returns is let out"
	s.events = events
	return err
}

func next(s *subscriber, topic string) (int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	events, err := s.of.Subscribe(ctx, topic)
	if err != nil {
		return 0, err
	}
	return <-events, nil
}
