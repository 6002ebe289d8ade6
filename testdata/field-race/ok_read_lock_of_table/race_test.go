package ok_read_lock_of_table

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	table := &table{entries: map[string]*entry{"a": {}, "b": {}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				table.hit("a")
				table.copyOf("a")
				table.copyOf("b")
			}
		})
	}
	wg.Wait()
}
