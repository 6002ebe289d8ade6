package ok_waits_with_limit

import (
	"context"
	"testing"
	"time"
)

func TestNoRace(t *testing.T) {
	for range 20 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		if byError(ctx, func() error { time.Sleep(2 * time.Millisecond); return nil }) == nil {
			t.Log("in time")
		}
		cancel()
		if total, err := sum([]string{"a", "bc"}, func(name string) int { return len(name) }); total != 3 || err != nil {
			t.Fatal(total, err)
		}
	}
}
