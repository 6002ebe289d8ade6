// Package summary_behind_interface returns a copy of a struct, which shares the map in it.
package summary_behind_interface

import "sync"

type summary struct {
	healthy int
	cells   map[string]int
}

type checker struct {
	mu  sync.RWMutex
	sum summary
}

type source interface{ summary() summary }

func (c *checker) record(cell string, healthy bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !healthy {
		c.sum.cells[cell]--
		c.sum.healthy--
		return
	}
	c.sum.cells[cell]++
	c.sum.healthy++
}

func (c *checker) summary() summary {
	c.mu.RLock()
	defer c.mu.RUnlock()
	s := c.sum
	return s
}

type page struct{ of source }

func (p *page) show() int {
	s, shown := p.of.summary(), 0
	for _, tablets := range s.cells { // want "map s.cells is read while another goroutine may write it"
		shown += tablets
	}
	return shown
}

func watch(rounds int) {
	c := &checker{sum: summary{cells: map[string]int{}}}
	p := &page{c}
	var done sync.WaitGroup
	done.Add(1)
	go func() {
		defer done.Done()
		for range rounds {
			c.record("zone", true)
		}
	}()
	for range rounds {
		p.show()
	}
	done.Wait()
}
