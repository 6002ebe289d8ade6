// Package one_method_of_the_owner has an inner type without a lock, and one method of its owner that does not lock.
package one_method_of_the_owner

import "sync"

type tableMap struct{ byKeyspace map[string]int }

func (t *tableMap) set(keyspace string, tables int) { t.byKeyspace[keyspace] = tables } // step "writes"

func (t *tableMap) get(keyspace string) int { return t.byKeyspace[keyspace] } // want "is read while another goroutine may write it"

type tracker struct {
	mu     sync.Mutex
	tables *tableMap
}

func newTracker() *tracker { return &tracker{tables: &tableMap{byKeyspace: make(map[string]int)}} }

func (t *tracker) count(keyspace string) int { return t.tables.get(keyspace) }

func (t *tracker) load(keyspace string, tables []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tables.set(keyspace, len(tables))
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
			t.count(keyspace)
		}()
	}
	wg.Wait()
}
