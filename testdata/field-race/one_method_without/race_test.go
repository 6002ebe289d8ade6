package one_method_without

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	s := &session{values: &values{}}
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() { s.lock(int64(n)) })
		wg.Go(func() { s.beat(int64(n)) })
		wg.Go(func() { s.last() })
		wg.Go(func() { s.add("a") })
		wg.Go(func() { s.removeLast("a") })
	}
	wg.Wait()
	s.clear()
	if s.points != nil {
		t.Error("not cleared")
	}
}
