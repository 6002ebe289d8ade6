package deleted_in_reader

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	rows := &table{rows: map[int]string{}}
	var all sync.WaitGroup
	for n := range 8 {
		rows.put(n, "row")
	}
	for n := range 8 {
		all.Go(func() {
			for range 20 {
				rows.has(n)
				rows.drop(n)
				rows.empty()
			}
		})
	}
	all.Wait()
}
