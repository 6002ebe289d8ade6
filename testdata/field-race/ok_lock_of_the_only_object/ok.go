// Package main counts in a variable of the package under the lock of the one table that there is, or under its own.
package main

import (
	"fmt"
	"sync"
)

var (
	nextID  int
	countMu sync.Mutex
	count   int
)

type table struct {
	mu   sync.Mutex
	rows map[int]string
}

func (t *table) add(row string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	nextID++
	t.rows[nextID] = row
}

type list struct {
	mu   sync.Mutex
	rows []string
}

func newList() *list { return &list{} }

func (l *list) add(row string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows = append(l.rows, row)
	countMu.Lock()
	defer countMu.Unlock()
	count++
}

func fill(t *table, n int) {
	own := newList()
	for range n {
		t.add("row")
		own.add("row")
	}
}

func main() {
	t := &table{rows: map[int]string{}}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { fill(t, 10) })
	}
	wg.Wait()
	fmt.Println(len(t.rows))
}
