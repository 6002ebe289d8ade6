// Package high_water raises a mark that others raise as well.
package high_water

import "sync/atomic"

type IDs struct{ last atomic.Int64 }

func (i *IDs) Next() int64 { return i.last.Add(1) } // step "is set as well"

func (i *IDs) AtLeast(id int64) {
	if i.last.Load() < id { // step "tests i.last"
		i.last.Store(id) // want "newer value in between is overwritten"
	}
}
