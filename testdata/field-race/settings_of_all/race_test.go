package settings_of_all

import (
	"sync"
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	load()
	var wg sync.WaitGroup
	wg.Add(100)
	ticks := make(chan time.Time, 50)
	for range 50 {
		ticks <- time.Time{}
	}
	close(ticks)
	watch(ticks, 3, wg.Done)
	wg.Wait()
}
