package ok_sequential_handover

import (
	"context"
	"testing"
)

func TestRace(t *testing.T) {
	for range 50 {
		s := &streamer{tables: map[string]int{}}
		if n, err := s.run(context.Background(), []string{"a", "b", "c"}); n != 3 || err != nil {
			t.Fatal(n, err)
		}
	}
}
