// Package tries_for_a_result asks again until it has a result: no failure ends that.
package tries_for_a_result

import (
	"context"
	"errors"
	"time"
)

type record struct{ version int }

type store struct{ answers chan record }

var errNothing = errors.New("nothing there")

func (s *store) get(ctx context.Context) (*record, error) {
	select {
	case answer := <-s.answers:
		return &answer, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(time.Second):
		return nil, errNothing
	}
}

func (s *store) written(ctx context.Context, version int) bool {
	for {
		found, err := s.get(ctx)
		if err != nil {
			<-time.After(100 * time.Millisecond) // want "the loop tries again for ever"
			continue
		}
		return found.version == version
	}
}

func (s *store) writtenInTime(ctx context.Context, version int) (bool, error) {
	for {
		found, err := s.get(ctx)
		if errors.Is(err, errNothing) {
			<-time.After(100 * time.Millisecond)
			continue
		}
		if err != nil {
			return false, err
		}
		return found.version == version, nil
	}
}
