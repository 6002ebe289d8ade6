package ok_set_before_start

import (
	"context"
	"testing"
)

func TestRace(t *testing.T) {
	for range 20 {
		s := &stream{parts: make(chan int, 100)}
		s.run(context.Background(), []int{4, 5, 6})
	}
}
