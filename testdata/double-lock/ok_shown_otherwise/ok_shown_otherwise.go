// Package ok_shown_otherwise prints what locks itself to be shown, but not so, or not with its own lock held.
package ok_shown_otherwise

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
	next    *shard
}

func (s *shard) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name
}

func (s *shard) close() {
	s.mu.Lock()
	s.serving = false
	s.mu.Unlock()
	log.Printf("closed %v", s)
}

func (s *shard) told() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	log.Printf("%p is %s, %d%% done", s, s.name, 100)
	return fmt.Sprintf("%s: %T", s.name, s)
}

func (s *shard) later() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() { go log.Printf("%v is over", s) }()
	return s.name
}

// counter says how it is printed, but only where its pointer is: a copy is printed field by field.
type counter struct {
	mu    *sync.Mutex
	count int
}

func (c *counter) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fmt.Sprint(c.count)
}

func (c *counter) add() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count++
	return fmt.Sprintf("%v", *c)
}

// report is printed by Format, which takes no lock.
type report struct {
	mu    sync.Mutex
	lines []string
}

func (r *report) Format(f fmt.State, verb rune) { fmt.Fprint(f, "report") }

func (r *report) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return fmt.Sprint(r.lines)
}

func (r *report) flush() ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	log.Printf("flushes %v", r)
	return json.Marshal(r.lines)
}
