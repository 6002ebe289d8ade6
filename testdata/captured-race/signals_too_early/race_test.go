package signals_too_early

import (
	"runtime"
	"testing"
)

func TestRace(t *testing.T) {
	for range 100 {
		_, _ = badSent()
		badDeferred()
		badTold()
		badPassedOn()
		okSent()
		okDeferred()
		okReady()
		okRounds()
		okAnswered()
		runtime.Gosched()
	}
}
