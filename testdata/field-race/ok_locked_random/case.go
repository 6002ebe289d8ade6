// Package ok_locked_random locks its source of random numbers, or asks the functions of math/rand.
package ok_locked_random

import (
	"math/rand"
	"sync"
)

type picker struct {
	mu     sync.Mutex
	random *rand.Rand
	names  []string
}

func newPicker(names []string) *picker {
	return &picker{random: rand.New(rand.NewSource(1)), names: names}
}

func (p *picker) pick() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.names[p.random.Intn(len(p.names))]
}

func (p *picker) pickAnother() string {
	return p.names[rand.Intn(len(p.names))]
}

func (p *picker) pickOfOwn() string {
	own := rand.New(rand.NewSource(2))
	return p.names[own.Intn(len(p.names))]
}

func (p *picker) pickAtOnce(n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			p.pick()
			p.pickAnother()
			p.pickOfOwn()
		}()
	}
	wg.Wait()
}
