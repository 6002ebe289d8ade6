package ok_own_error

import (
	"errors"
	"testing"
)

func TestRace(t *testing.T) {
	for range 50 {
		for _, err := range ok([]string{"a", "b", "c", "d"}, func(key string) error { return errors.New(key) }) {
			_ = err.Error()
		}
	}
}
