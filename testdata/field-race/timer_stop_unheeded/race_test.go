package kill

import (
	"context"
	"testing"
)

func TestRace(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 10 {
		Kill(ctx)
	}
}
