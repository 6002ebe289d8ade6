package registry_unlocked

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	var done sync.WaitGroup
	serve(50, &done)
	done.Wait()
}
