package ok_many_without

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	a := parse("double", 4)
	var wg sync.WaitGroup
	for by := range 4 {
		wg.Go(func() { a.move(by, 20) })
	}
	wg.Wait()
}
