// Package shown_under_its_lock prints and serialises what locks itself to be shown.
package shown_under_its_lock

import (
	"encoding/json"
	"fmt"
	"log"
	"sync"
)

type shard struct {
	mu      sync.Mutex
	name    string
	serving bool
}

func (s *shard) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%s (serving: %t)", s.name, s.serving)
}

func (s *shard) close() {
	s.mu.Lock() // step "takes s.mu"
	defer s.mu.Unlock()
	s.serving = false
	log.Printf("closed %v", s) // want "s.mu is locked again while this goroutine holds it"
}

type cell struct {
	mu    sync.RWMutex
	names []string
}

func (c *cell) Error() string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return fmt.Sprint(c.names)
}

func (c *cell) add(name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if name == "" {
		return fmt.Errorf("no name: %w", c) // want "c.mu is locked again while this goroutine holds it"
	}
	c.names = append(c.names, name)
	return nil
}

type window struct {
	mu   sync.Mutex
	size int
}

func (w *window) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return fmt.Sprint(w.size)
}

func (w *window) grow() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.size++
	trace("%s grows", w) // want "w.mu is locked again while this goroutine holds it"
}

// trace prints what it is given.
func trace(format string, args ...any) {
	if verbose {
		log.Print(fmt.Sprintf(format, args...))
	}
}

var verbose bool

type report struct {
	mu    sync.Mutex
	lines []string
}

func (r *report) MarshalJSON() ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return json.Marshal(r.lines)
}

func (r *report) flush() ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, "end")
	return json.Marshal(r) // want "r.mu is locked again while this goroutine holds it"
}
