package ok_published_gauge

import (
	"expvar"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	p := newPool("clean")
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 500 {
			_ = expvar.Get("clean").String()
		}
	})
	for range 500 {
		p.grow()
	}
	wg.Wait()
}
