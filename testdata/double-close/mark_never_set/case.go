// Package mark_never_set asks a mark before it closes, and forgets to set it.
package mark_never_set

import "sync"

type bus struct {
	mu     sync.Mutex
	shut   bool
	topics chan string
}

func (b *bus) say(topic string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.shut {
		b.topics <- topic
	}
}

func (b *bus) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.shut {
		return
	}
	close(b.topics) // want "b.topics may be closed twice: nothing ever changes what the test"
}
