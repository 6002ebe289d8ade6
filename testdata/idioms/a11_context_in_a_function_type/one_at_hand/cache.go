// Package one_at_hand has a context besides the one inside the type of a parameter, and does not hand it on.
package one_at_hand

import "context"

type store struct{ answers chan int }

func (s *store) read(ctx context.Context, _ string) (int, error) {
	select {
	case n := <-s.answers:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func each(ctx context.Context, keys []string, f func(string) error) error {
	for _, key := range keys {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(key); err != nil {
			return err
		}
	}
	return nil
}

func warm(ctx context.Context, s *store, keys []string) (int, error) {
	sum := 0
	err := each(ctx, keys, func(key string) error {
		n, err := s.read(context.Background(), key) // want "s.read waits under a fresh context: the end of ctx"
		sum += n
		return err
	})
	return sum, err
}
