package ok_one_of_many

import (
	"errors"
	"testing"
)

func TestRace(t *testing.T) {
	for range 50 {
		if ok([]string{"a", "b", "c", "d"}, "b", func(key string) error { return errors.New(key) }) == nil {
			t.Fatal("no error")
		}
	}
}
