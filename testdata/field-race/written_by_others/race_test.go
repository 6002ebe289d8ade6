package written_by_others

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	j := &job{}
	k := &keeper{jobs: map[string]*job{"a": j}}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { j.add(1) })
		wg.Go(func() { k.load("a") })
	}
	wg.Wait()
	if len(j.queue) > 20 {
		t.Error("too many")
	}
}
