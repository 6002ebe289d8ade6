package ok_one_method_without

import (
	"sync"
	"testing"
)

func TestNoRace(t *testing.T) {
	s := fresh("a")
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() { s.lock(int64(n)) })
		wg.Go(func() { s.beat(int64(n)) })
		wg.Go(func() { s.last() })
		wg.Go(func() { s.title() })
		wg.Go(func() { s.label() })
	}
	wg.Wait()
	if s.title() != s.label() {
		t.Error("two names")
	}
}
