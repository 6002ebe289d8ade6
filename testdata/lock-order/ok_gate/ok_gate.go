// Package ok_gate has a third lock that lets only one side in at a time.
package ok_gate

import "sync"

type board struct {
	turn sync.Mutex
	rows sync.Mutex
	cols sync.Mutex
	sum  int
}

func (b *board) across() {
	b.turn.Lock()
	defer b.turn.Unlock()
	b.rows.Lock()
	defer b.rows.Unlock()
	b.addCols()
}

func (b *board) down() {
	b.turn.Lock()
	defer b.turn.Unlock()
	b.downLocked()
}

// downLocked is only called with turn held.
func (b *board) downLocked() {
	b.cols.Lock()
	defer b.cols.Unlock()
	b.rows.Lock()
	defer b.rows.Unlock()
	b.sum++
}

func (b *board) addCols() {
	b.cols.Lock()
	defer b.cols.Unlock()
	b.sum++
}
