// Package source has sources of rows, which nobody in this library makes.
package source

import "sync"

// Source gives rows.
type Source interface {
	Each(func(row string))
}

// Scatter gives the rows of all its parts, each from a goroutine.
type Scatter struct{ Parts [][]string }

// Each implements Source.
func (s *Scatter) Each(f func(row string)) {
	var wg sync.WaitGroup
	for _, part := range s.Parts {
		wg.Go(func() {
			for _, row := range part {
				f(row)
			}
		})
	}
	wg.Wait()
}
