// Package ok_set_before_handed_on sets the count that workers count down before it hands any task on.
package ok_set_before_handed_on

import "sync/atomic"

type batch struct {
	left int32
}

func (b *batch) finish() { atomic.AddInt32(&b.left, -1) }

func submit(tasks chan<- *batch, n int) {
	b := &batch{}
	b.left = int32(n)
	for range n {
		tasks <- b
	}
}
