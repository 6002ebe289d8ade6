// Package ok_received_from_each reads what goroutines have set once it has received from each of them.
package ok_received_from_each

import "sync"

type tally struct {
	mu    sync.Mutex
	items int
}

func (t *tally) add(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.items += n
}

func ranged(sizes []int) int {
	t := &tally{}
	errs := make(chan error, len(sizes))
	for _, size := range sizes {
		go func() {
			t.add(size)
			errs <- nil
		}()
	}
	for range sizes {
		if err := <-errs; err != nil {
			break
		}
	}
	return t.items
}

func counted(n int) int {
	t := &tally{}
	done := make(chan struct{})
	for i := 0; i < n; i++ {
		go func() {
			t.add(i)
			done <- struct{}{}
		}()
	}
	for i := 0; i < n; i++ {
		<-done
	}
	return t.items
}
