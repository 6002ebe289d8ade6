package lock_of_the_other_shard

import (
	"strings"
	"testing"
)

func TestRace(t *testing.T) {
	shared := newTable(2)
	done := make(chan bool)
	go func() {
		for i := range 1000 {
			shared.put(strings.Repeat("x", 2*(i%8)+1), i)
			shared.touch("y")
		}
		close(done)
	}()
	for range 1000 {
		shared.put("ab", 1)
		shared.rename("ab", "abc")
	}
	<-done
	shared.get("abc")
}
