package ok_one_goroutine_each

import "testing"

func TestRace(t *testing.T) {
	p := &pool{workers: []*worker{{}, {}, {}, {}}}
	for range 50 {
		p.start()
	}
}
