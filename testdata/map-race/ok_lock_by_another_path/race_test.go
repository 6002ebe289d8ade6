package ok_lock_by_another_path

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	var done sync.WaitGroup
	serve(50, &done)
	done.Wait()
}
