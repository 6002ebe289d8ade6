// Package receiver_ended sends to a loop that ends with its context, from methods that know nothing of that.
package receiver_ended

import "context"

type event struct{ key string }

type stream struct {
	events chan event
	out    func(event) error
}

func start(ctx context.Context, out func(event) error) *stream {
	s := &stream{events: make(chan event), out: out}
	go s.deliver(ctx)
	return s
}

func (s *stream) deliver(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return // step "the receiver ends"
		case e := <-s.events: // step "the only receiver"
			if err := s.out(e); err != nil {
				return
			}
		}
	}
}

func (s *stream) publish(e event) {
	s.events <- e // want "send on s.events may wait for ever: its receiver stream.deliver may have ended"
}
