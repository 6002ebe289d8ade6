package given_up_by_helper

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 10 {
		ask := func() error {
			time.Sleep(2 * time.Millisecond)
			return nil
		}
		if byError(ask) == nil {
			t.Log("in time")
		}
		if byAnswer(ask) == nil {
			t.Log("in time")
		}
		time.Sleep(4 * time.Millisecond)
	}
}
