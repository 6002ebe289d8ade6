package ok_lock_of_one_of_several

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	s := &store{blocks: []*block{{cache: &cache{1}}, {cache: &cache{2}}}}
	for range 50 {
		s.sync(time.Microsecond)
		time.Sleep(50 * time.Microsecond)
	}
}
