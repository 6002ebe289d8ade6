package written_in_reader

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	x := &index{pages: map[string]*page{}}
	x.put("a", "text", 1)
	var all sync.WaitGroup
	for now := range 8 {
		all.Go(func() {
			for range 20 {
				x.find("a", now)
			}
		})
	}
	all.Wait()
	if len(x.copies()) != 1 {
		t.Fatal("not there")
	}
	x.drop(1)
	x.lookAt(x.pages, func(map[string]*page) {})
}
