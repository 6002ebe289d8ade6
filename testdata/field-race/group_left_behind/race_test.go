package group_left_behind

import (
	"context"
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	c := &conn{&link{1}}
	for range 50 {
		ctx, cancel := context.WithCancel(t.Context())
		c.Exec(ctx, func(int) {}, cancel)
		time.Sleep(time.Millisecond)
	}
}
