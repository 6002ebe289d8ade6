package ok_abandons_on_timeout

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	keys := []int{1, 2, 3, 4, 5}
	for i := range 50 {
		ok(keys, time.Duration(i%2)*time.Second)
	}
}
