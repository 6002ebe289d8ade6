// Package gives_up_waiting waits for the goroutines through another one that closes a channel, but for some time only; it
// then reads what they may still write.
package gives_up_waiting

import (
	"sync"
	"time"
)

func lengths(tablets []string, ask func(string) (int, error), limit time.Duration) int {
	found := make(map[string]int)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, tablet := range tablets {
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			if n, err := ask(name); err == nil {
				mu.Lock()
				defer mu.Unlock()
				found[name] = n // step "writes found"
			}
		}(tablet)
	}
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(limit):
	}
	sum := 0
	for _, n := range found { // want "map found is read while another goroutine may write it"
		sum += n
	}
	return sum
}

func run() {
	lengths([]string{"a", "bb", "ccc", "dddd"}, func(name string) (int, error) {
		if name != "a" {
			time.Sleep(20 * time.Microsecond)
		}
		return len(name), nil
	}, time.Microsecond)
}
