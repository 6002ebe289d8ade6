// Package listed_meanwhile puts what was made of an entry into a list that is cut when the entry is removed.
package listed_meanwhile

import (
	"errors"
	"slices"
	"sync"
)

type topic struct{ name string }

type reader struct {
	of *topic
}

type broker struct {
	mu      sync.RWMutex
	topics  map[string]*topic
	readers []*reader
	names   []string
}

func (b *broker) read(name string) (*reader, error) {
	b.mu.RLock()
	t, ok := b.topics[name]
	b.mu.RUnlock()
	if !ok {
		return nil, errors.New("no such topic")
	}
	r := &reader{of: t}
	b.mu.Lock()
	b.readers = append(b.readers, r) // want "tests b.topics.name. and then sets b.readers in two critical sections: another goroutine may have removed it in between"
	b.mu.Unlock()
	return r, nil
}

// readAtOnce is right: it looks and adds in one section.
func (b *broker) readAtOnce(name string) *reader {
	b.mu.Lock()
	defer b.mu.Unlock()
	t, ok := b.topics[name]
	if !ok {
		return nil
	}
	r := &reader{of: t}
	b.readers = append(b.readers, r)
	return r
}

// asked keeps something that nobody removes with the topic.
func (b *broker) asked(name string) {
	b.mu.RLock()
	t := b.topics[name]
	b.mu.RUnlock()
	if t != nil {
		b.mu.Lock()
		b.names = append(b.names, t.name)
		b.mu.Unlock()
	}
}

func (b *broker) remove(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.topics, name)
	b.readers = slices.DeleteFunc(b.readers, func(r *reader) bool { return r.of.name == name })
}
