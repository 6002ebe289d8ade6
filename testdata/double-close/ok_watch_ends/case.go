// Package ok_watch_ends notices that a watch has ended (twin of watch_ends).
package ok_watch_ends

import "context"

type answer struct {
	Values []string
	Last   bool
}

func watch(ctx context.Context, read func() ([]string, error)) <-chan *answer {
	answers := make(chan *answer)
	go func() {
		defer close(answers)
		for {
			values, err := read()
			if err != nil {
				return
			}
			select {
			case answers <- &answer{Values: values}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return answers
}

func numbers(n int) <-chan int {
	found := make(chan int)
	go func() {
		defer close(found)
		for i := range n {
			found <- i + 1
		}
	}()
	return found
}

func asks(ctx context.Context, read func() ([]string, error), handle func(*answer)) {
	answers := watch(ctx, read)
	for {
		select {
		case <-ctx.Done():
			return
		case got, ok := <-answers:
			if !ok {
				return
			}
			handle(got)
		}
	}
}

func tests(ctx context.Context, read func() ([]string, error), handle func(*answer)) {
	answers := watch(ctx, read)
	for {
		select {
		case <-ctx.Done():
			return
		case got := <-answers:
			if got == nil {
				return
			}
			handle(got)
		}
	}
}

func until(limit int) int {
	found, sum := numbers(limit), 0
	for {
		got := <-found
		if got == 0 {
			return sum
		}
		sum += got
	}
}

func first(limit int) int {
	found := numbers(limit)
	for {
		select {
		case got := <-found:
			return got
		}
	}
}
