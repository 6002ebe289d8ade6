// Package watch_ends goes on receiving from a watch that has ended.
package watch_ends

import "context"

type answer struct {
	Canceled bool
	Values   []string
}

func watch(ctx context.Context, read func() ([]string, error)) <-chan answer {
	answers := make(chan answer) // step "makes a channel that is closed when there is nothing more to come"
	go func() {
		defer close(answers)
		for {
			values, err := read()
			if err != nil {
				return
			}
			select {
			case answers <- answer{Values: values}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return answers
}

func follow(ctx context.Context, read func() ([]string, error), handle func(string)) {
	answers := watch(ctx, read)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case got := <-answers: // want "this receive from answers does not ask whether the channel is closed: the loop spins when it is"
				if got.Canceled {
					return
				}
				for _, value := range got.Values {
					handle(value)
				}
			}
		}
	}()
}

func count(ctx context.Context, read func() ([]string, error), seen func(int)) {
	answers := watch(ctx, read)
	for {
		got := <-answers // want "this receive from answers does not ask"
		if len(got.Values) > 0 {
			return
		}
		seen(1)
	}
}
