package ok_kept_and_run

import (
	"strconv"
	"testing"
)

func TestRace(t *testing.T) {
	for round := range 50 {
		var board Board
		events := make(chan int)
		board.Watch(events)
		events <- round
		board.Sum()
		close(events)
		queue := Queue{jobs: map[string]*job{}}
		name := strconv.Itoa(round)
		queue.Start(name)
		queue.Result(name)
	}
}
