// Package ok_break leaves the loop below the select, or looks at the context there.
package ok_break

import "context"

func first(ctx context.Context, in <-chan int, good func(int) bool) int {
	found := 0
	for {
		select {
		case <-ctx.Done():
			break
		case v := <-in:
			if !good(v) {
				continue
			}
			found = v
		}
		return found
	}
}

func looks(ctx context.Context, in <-chan int, handle func(int) error) error {
	for {
		v := 0
		select {
		case <-ctx.Done():
			break
		case v = <-in:
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := handle(v); err != nil {
			return err
		}
	}
}

func flagged(ctx context.Context, in <-chan int, handle func(int) error) (err error) {
	stop := false
	for !stop {
		select {
		case <-ctx.Done():
			stop = true
			break
		case v := <-in:
			if err = handle(v); err != nil {
				return err
			}
		}
	}
	return nil
}

func labelled(ctx context.Context, in <-chan int, handle func(int) bool) {
loop:
	for {
		select {
		case <-ctx.Done():
			break loop
		case v := <-in:
			switch {
			case v < 0:
				break
			case handle(v):
				return
			}
		}
		handle(0)
	}
}

func ends(ctx context.Context, in <-chan int, handle func(int) bool) {
	for {
		select {
		case <-ctx.Done():
			switch {
			case handle(0):
				break
			}
			return
		case v := <-in:
			handle(v)
		}
		if handle(1) {
			return
		}
	}
}

var _, _, _, _, _ = first, looks, flagged, labelled, ends
