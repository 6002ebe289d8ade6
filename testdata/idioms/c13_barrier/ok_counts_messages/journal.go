// Package ok_counts_messages reads the map after it has received one message from each goroutine: the group counts them.
package ok_counts_messages

import (
	"context"
	"sync"
	"time"

	"govetpy.test/idioms/c13_barrier/ok_counts_messages/gather"
)

func lengths(ctx context.Context, tablets []string, ask func(context.Context, string) (int, error)) (map[string]int, error) {
	found := make(map[string]int)
	var mu sync.Mutex
	results := make(chan error)
	defer close(results)
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	count := 0
	for _, tablet := range tablets {
		go func(name string) {
			var err error
			var n int
			defer func() { results <- err }()
			n, err = ask(ctx, name)
			mu.Lock()
			defer mu.Unlock()
			found[name] = n
		}(tablet)
		count++
	}
	group := gather.Group{Count: count}
	if err := group.Wait(cancel, results); err != nil {
		return nil, err
	}
	return found, nil
}

func run() int {
	found, _ := lengths(context.Background(), []string{"a", "b", "c"}, func(_ context.Context, name string) (int, error) {
		return len(name), nil
	})
	sum := 0
	for name := range found {
		sum += found[name]
	}
	return sum
}
