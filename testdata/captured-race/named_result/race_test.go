package named_result

import (
	"errors"
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 50 {
		_ = bad(func() error { return errors.New("late") })
	}
	time.Sleep(5 * time.Millisecond) // the goroutines write what their callers have returned already
}
