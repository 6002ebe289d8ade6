package lock_of_each_object

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	for range 50 {
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() { NewTable().Add("row") })
		}
		wg.Wait()
	}
}
