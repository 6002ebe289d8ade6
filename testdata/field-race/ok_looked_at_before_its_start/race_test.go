package ok_looked_at_before_its_start

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 50 {
		f := &fleet{engines: []*engine{{fuel: 3}, {fuel: 5}}}
		f.start()
		time.Sleep(time.Millisecond)
	}
}
