package callback_across_packages

import (
	"testing"

	"govetpy.test/map-race/callback_across_packages/shards"
)

func TestRace(t *testing.T) {
	s := &shards.Shards{Names: []string{"a", "b", "c", "d", "e", "f"}}
	for range 50 {
		bad(s)
	}
}
