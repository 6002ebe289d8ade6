package options_too_late

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 20 {
		b := start(withEvery(time.Microsecond))
		time.Sleep(time.Millisecond)
		b.close()
	}
}
