// Package slot_kept_for_next_round skips an item with its slot in hand: so many skipped items, and the loop waits for
// ever.
package slot_kept_for_next_round

import (
	"context"
	"sync"
)

func copyAll(ctx context.Context, tables []string, copyOne func(string)) {
	slots := make(chan struct{}, 4)
	var wg sync.WaitGroup
	for _, table := range tables {
		slots <- struct{}{} // want "a slot of slots is not given back on a path on which copyAll takes the next one"
		if ctx.Err() != nil {
			continue
		}
		wg.Add(1)
		go func() {
			defer func() {
				<-slots
				wg.Done()
			}()
			copyOne(table)
		}()
	}
	wg.Wait()
}

func byHelper(tables []string, copyOne func(string)) {
	slots := make(chan bool, 2)
	for _, table := range tables {
		select {
		case slots <- true: // want "a slot of slots is not given back on a path on which byHelper takes the next one"
		}
		if table != "" {
			go inSlot(slots, table, copyOne)
		}
	}
}

func inSlot(slots <-chan bool, table string, copyOne func(string)) {
	defer func() { <-slots }()
	copyOne(table)
}
