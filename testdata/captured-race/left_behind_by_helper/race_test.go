package left_behind_by_helper

import (
	"context"
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	c := &client{latency: 20 * time.Millisecond, patience: time.Millisecond}
	c.position(context.Background())
	time.Sleep(60 * time.Millisecond)
}
