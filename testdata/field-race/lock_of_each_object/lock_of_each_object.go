// Package lock_of_each_object counts in a variable of the package under the lock that each table has for itself.
package lock_of_each_object

import "sync"

var nextID int

type Table struct {
	mu   sync.Mutex
	rows map[int]string
}

func NewTable() *Table { return &Table{rows: map[int]string{}} }

func (t *Table) Add(row string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	nextID++ // want "variable lock_of_each_object.nextID is written under lock_of_each_object.Table.mu, which each lock_of_each_object.Table has for itself"
	t.rows[nextID] = row
	return nextID
}

func Copy(from *Table) *Table {
	to := NewTable()
	for _, row := range from.rows {
		to.Add(row)
	}
	return to
}
