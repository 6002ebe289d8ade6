// Package ok_client_stream has streams that it opened itself, and something with a context that is no stream.
package ok_client_stream

import "context"

type events interface {
	Context() context.Context
	Recv() (string, error)
	CloseSend() error
}

type scope interface {
	Context() context.Context
	Name() string
}

type source struct{ lines chan string }

func (s *source) next(ctx context.Context) string {
	select {
	case line := <-s.lines:
		return line
	case <-ctx.Done():
		return ""
	}
}

type follower struct {
	from   *source
	events events
}

func (f *follower) one() (string, error) {
	return f.from.next(context.Background()), nil
}

type tool struct {
	from  *source
	scope scope
}

func (t *tool) one() string {
	line := t.from.next(context.Background())
	return t.scope.Name() + line
}
