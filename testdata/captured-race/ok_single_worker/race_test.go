package ok_single_worker

import "testing"

func TestRace(t *testing.T) {
	l := newLine()
	count(l, []string{"a", "b", "c"})
	close(l.tasks)
	<-l.ended
}
