package written_under_read_lock

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	r := &registry{sessions: map[string]*session{}}
	r.add("a")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				r.relabel([]string{"x"})
				r.touch("a")
				r.named()
			}
		})
	}
	wg.Wait()
}

func TestReloaded(t *testing.T) {
	s := &server{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				s.reload()
				s.registry.named()
			}
		})
	}
	wg.Wait()
}
