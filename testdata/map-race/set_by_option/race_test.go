package set_by_option

import (
	"runtime"
	"testing"
)

func TestRace(t *testing.T) {
	for range 20 {
		CountQuietly([]string{"a", "b", "c", "d"}, func(string) error {
			runtime.Gosched()
			return nil
		})
		Count([]string{"a", "b", "c", "d"}, func(string) error {
			runtime.Gosched()
			return nil
		})
	}
}
