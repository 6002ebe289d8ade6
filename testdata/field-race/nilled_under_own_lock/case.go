// Package nilled_under_own_lock takes an object's board away under the lock that lies in the board: who comes next
// finds no lock to take. One that is replaced by another is left alone.
package nilled_under_own_lock

import "sync"

type board struct {
	mu    sync.Mutex
	notes map[string]int
}

func newBoard() *board { return &board{notes: map[string]int{}} }

type desk struct {
	board *board
	spare *board
}

func (d *desk) pinUntil(done <-chan struct{}, note string) {
	go func() {
		<-done
		d.board.mu.Lock()
		b := d.board
		defer b.mu.Unlock()
		delete(b.notes, note)
	}()
}

func (d *desk) clear() {
	d.board.mu.Lock()
	b := d.board
	defer b.mu.Unlock()
	d.board = nil // want "field d.board is written while another goroutine may read it, .* .desk.pinUntil leaves"
}

func (d *desk) note(done <-chan struct{}, note string) {
	go func() {
		<-done
		d.spare.mu.Lock()
		defer d.spare.mu.Unlock()
		d.spare.notes[note]++
	}()
}

func (d *desk) replace(b *board) {
	d.spare.mu.Lock()
	old := d.spare
	defer old.mu.Unlock()
	d.spare = b
}
