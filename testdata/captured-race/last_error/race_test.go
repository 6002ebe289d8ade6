package last_error

import (
	"errors"
	"testing"
)

func TestRace(t *testing.T) {
	for range 50 {
		_ = bad([]string{"a", "b", "c", "d"}, func(key string) error { return errors.New(key) })
	}
}
