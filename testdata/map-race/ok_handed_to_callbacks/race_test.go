package ok_handed_to_callbacks

import (
	"fmt"
	"testing"
)

func TestRace(t *testing.T) {
	var keys []string
	for i := range 200 {
		keys = append(keys, fmt.Sprint(i))
	}
	for range 20 {
		run(keys)
	}
}
