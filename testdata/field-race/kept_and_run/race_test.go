package kept_and_run

import (
	"strconv"
	"testing"
)

func TestRace(t *testing.T) {
	for round := range 50 {
		var hub Hub
		source := make(chan string)
		hub.Open("feed"+strconv.Itoa(round), source)
		for range 5 {
			source <- "line"
			hub.Total()
		}
		close(source)
	}
}
