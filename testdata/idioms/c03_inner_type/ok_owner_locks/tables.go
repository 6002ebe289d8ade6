// Package ok_owner_locks has an inner type without a lock, whose owner locks around each use.
package ok_owner_locks

import "sync"

type tableMap struct{ byKeyspace map[string]map[string]int }

func (t *tableMap) set(keyspace, table string, columns int) {
	tables := t.byKeyspace[keyspace]
	if tables == nil {
		tables = make(map[string]int)
		t.byKeyspace[keyspace] = tables
	}
	tables[table] = columns
}

func (t *tableMap) get(keyspace, table string) int { return t.byKeyspace[keyspace][table] }

func (t *tableMap) remove(keyspace string) { delete(t.byKeyspace, keyspace) }

type tracker struct {
	mu     sync.Mutex
	tables *tableMap
}

func newTracker() *tracker {
	return &tracker{tables: &tableMap{byKeyspace: make(map[string]map[string]int)}}
}

func (t *tracker) columns(keyspace, table string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.tables.get(keyspace, table)
}

func (t *tracker) load(keyspace string, tables []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tables.remove(keyspace)
	for i, table := range tables {
		t.tables.set(keyspace, table, i)
	}
}

func run() {
	t := newTracker()
	var wg sync.WaitGroup
	for _, keyspace := range []string{"a", "b", "c"} {
		wg.Add(2)
		go func() {
			defer wg.Done()
			t.load(keyspace, []string{"t1", "t2"})
		}()
		go func() {
			defer wg.Done()
			t.columns(keyspace, "t1")
		}()
	}
	wg.Wait()
}
