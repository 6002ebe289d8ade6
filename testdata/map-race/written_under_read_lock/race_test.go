package written_under_read_lock

import (
	"strconv"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	c := &cache{entries: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 200 {
				c.get(strconv.Itoa(i), func(string) int { return i })
			}
		})
	}
	wg.Wait()
}
