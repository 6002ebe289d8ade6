// Package atomic_update stores a value that it has derived from a loaded one.
package atomic_update

import "sync/atomic"

type Budget struct{ left atomic.Int64 }

func (b *Budget) Spend(n int64) bool {
	left := b.left.Load() // step "tests b.left"
	if left < n {
		return false
	}
	b.left.Store(left - n) // want "tests b.left and then sets it in two atomic steps: another goroutine's update in between is lost"
	return true
}

func (b *Budget) Refill(n int64) { b.left.Add(n) } // step "is set as well"
