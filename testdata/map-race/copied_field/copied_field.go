// Package copied_field reaches the map of a field through a local copy of the reference.
package copied_field

import "sync"

type table struct{ rows map[int]int }

func bad(t *table) {
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			rows := t.rows
			rows[i] = i // want "map rows is written by several goroutines at once"
		}()
	}
	wg.Wait()
}
