// Package leaves_without_draining has a producer that sends, waiting for room, and a consumer that leaves when it is told
// to, neither cancelling the watch nor draining it.
package leaves_without_draining

import (
	"context"
	"fmt"
)

type data struct {
	contents string
	err      error
}

type store interface {
	wait(ctx context.Context, path string) (string, error)
}

func watch(ctx context.Context, s store, path string) <-chan *data {
	changes := make(chan *data, 2)
	go func() {
		defer close(changes)
		for {
			contents, err := s.wait(ctx, path)
			if err != nil {
				changes <- &data{err: fmt.Errorf("watch on %v: %w", path, err)}
				return
			}
			changes <- &data{contents: contents} // want "this send on changes may wait for ever"
		}
	}()
	return changes
}

func follow(ctx context.Context, s store, path string, stop <-chan struct{}, apply func(string)) error {
	changes := watch(ctx, s, path)
	for {
		select {
		case <-stop:
			return nil
		case d, ok := <-changes:
			if !ok {
				return nil
			}
			if d.err != nil {
				return d.err
			}
			apply(d.contents)
		}
	}
}
