// Package handed_out_inner returns a map out of a map of maps from under its lock, through an interface.
package handed_out_inner

import "sync"

// catalog is what planners know of a tracker.
type catalog interface {
	Columns(keyspace string) map[string]int
	Views(keyspace string) map[string]int
}

type tableMap struct {
	m map[string]map[string]int
}

func (t *tableMap) set(keyspace, table string, columns int) {
	m := t.m[keyspace]
	if m == nil {
		m = make(map[string]int)
		t.m[keyspace] = m
	}
	m[table] = columns
}

func (t *tableMap) remove(keyspace, table string) {
	if m, ok := t.m[keyspace]; ok {
		delete(m, table)
	}
}

type tracker struct {
	mu     sync.Mutex
	tables *tableMap
	views  *tableMap
}

func newTracker() *tracker {
	return &tracker{tables: &tableMap{m: map[string]map[string]int{}}, views: &tableMap{m: map[string]map[string]int{}}}
}

func (t *tracker) update(keyspace, table string, columns int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tables.set(keyspace, table, columns)
	t.tables.remove(keyspace, "dropped")
	t.views.set(keyspace, table, columns)
}

// Columns hands out the very map that update writes.
func (t *tracker) Columns(keyspace string) map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.tables.m[keyspace]
	if m == nil {
		return map[string]int{}
	}
	return m
}

// Views hands out a copy.
func (t *tracker) Views(keyspace string) map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	copied := map[string]int{}
	for view, columns := range t.views.m[keyspace] {
		copied[view] = columns
	}
	return copied
}

type planner struct {
	catalog catalog
}

func (p *planner) total(keyspace string) int {
	n := 0
	for _, columns := range p.catalog.Views(keyspace) {
		n += columns
	}
	m := p.catalog.Columns(keyspace)
	for _, columns := range m { // want "map handed_out_inner.tableMap.m\\[…\\] is read without handed_out_inner.tracker.mu"
		n += columns
	}
	return n
}
