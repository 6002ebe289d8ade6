// Package shared_random has one source of random numbers for all goroutines: unlike the functions of math/rand, it
// has no lock.
package shared_random

import (
	"math/rand"
	"sync"
)

type picker struct {
	random *rand.Rand
	names  []string
}

func newPicker(names []string) *picker {
	return &picker{random: rand.New(rand.NewSource(1)), names: names}
}

func (p *picker) pick() string {
	return p.names[p.random.Intn(len(p.names))] // want "object p.random is written by several goroutines at once"
}

func (p *picker) pickAtOnce(n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			p.pick()
		}()
	}
	wg.Wait()
}
