// Package updated_then_read changes a field under the lock and goes on to read it without.
package updated_then_read

import "sync"

type batcher struct {
	mu      sync.Mutex
	pending []string
}

func (b *batcher) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending = b.pending[:0] // step "writes b.pending"
}

func (b *batcher) flush(out func(string)) {
	b.reset()
	for _, item := range b.pending { // want "field b.pending is read while another goroutine may write it"
		out(item)
	}
}

func run(out func(string)) {
	b := &batcher{}
	for range 3 {
		go b.flush(out)
	}
}
