// Package ok_watch_contract has one producer for each watch, which waits for its consumer or the end (idiom B9).
package ok_watch_contract

import "context"

type data struct {
	contents string
	err      error
}

func watch(ctx context.Context, read func() (string, error)) <-chan *data {
	changes := make(chan *data, 10)
	go func() {
		defer close(changes)
		for {
			contents, err := read()
			select {
			case changes <- &data{contents, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return changes
}

func ok(ctx context.Context, cells []string, read func() (string, error)) {
	for range cells {
		go func() {
			for change := range watch(ctx, read) {
				_ = change.contents
			}
		}()
	}
}
