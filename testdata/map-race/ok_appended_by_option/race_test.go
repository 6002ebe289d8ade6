package ok_appended_by_option

import (
	"strconv"
	"testing"
)

func TestRace(t *testing.T) {
	var shards []string
	for at := range 200 {
		shards = append(shards, strconv.Itoa(at%7))
	}
	count(shards)
}
