// Package counted_by_finalizer counts from finalizers, which run on a goroutine of their own.
package counted_by_finalizer

import "runtime"

type buffers struct {
	live int
}

func (b *buffers) get(size int) *[]byte {
	buffer := make([]byte, size)
	runtime.SetFinalizer(&buffer, func(*[]byte) { b.live-- }) // want "field b.live is written while another goroutine may write it"
	b.live++
	return &buffer
}
