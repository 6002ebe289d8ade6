package ok_printed_with_lock

import (
	"io"
	"testing"
)

func TestNoRace(t *testing.T) {
	for range 50 {
		report(io.Discard, []string{"a", "b", "c"})
	}
}
