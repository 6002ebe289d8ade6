package kill

import (
	"context"
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for i := range time.Duration(20) {
		limit := i * 100 * time.Microsecond // run takes about a millisecond: some limits are below, some above
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		Kill(ctx)
		cancel()
		Limit(limit)
	}
}
