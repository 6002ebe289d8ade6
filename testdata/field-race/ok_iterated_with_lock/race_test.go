package ok_iterated_with_lock

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	one := &file{}
	s := &set{files: []*file{one, {}}}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() { one.add(i) })
		wg.Go(func() {
			if len(s.collect()) > 20 || one.count() > 20 {
				t.Error("too many lines")
			}
		})
	}
	wg.Wait()
}
