// Package ok_map_of_each_cell gives a concurrent callback the record of its own cell, read for this call; the callback
// fills the record's maps.
package ok_map_of_each_cell

import "sync"

type config struct {
	Enabled    bool
	Thresholds map[string]float64
	Apps       map[string]bool
}

type store struct {
	mu    sync.Mutex
	cells map[string][]byte
}

func (s *store) read(cell string) *config {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &config{Enabled: len(s.cells[cell]) > 0}
}

func (s *store) write(cell string, c *config) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cells[cell] = make([]byte, len(c.Apps))
}

func (s *store) updateCells(cells []string, update func(*config) *config) {
	var wg sync.WaitGroup
	for _, cell := range cells {
		wg.Add(1)
		go func(cell string) {
			defer wg.Done()
			s.write(cell, update(s.read(cell)))
		}(cell)
	}
	wg.Wait()
}

type request struct {
	metric    string
	threshold float64
	app       string
}

func updateThrottler(s *store, cells []string, r request) {
	update := func(c *config) *config {
		if c == nil {
			c = &config{}
		}
		if c.Thresholds == nil {
			c.Thresholds = make(map[string]float64)
		}
		if c.Apps == nil {
			c.Apps = make(map[string]bool)
		}
		if r.threshold > 0 {
			c.Thresholds[r.metric] = r.threshold
		} else {
			delete(c.Thresholds, r.metric)
		}
		c.Apps[r.app] = true
		return c
	}
	s.updateCells(cells, update)
}

func run() {
	s := &store{cells: map[string][]byte{}}
	updateThrottler(s, []string{"a", "b", "c"}, request{"lag", 1, "copy"})
	updateThrottler(s, []string{"a", "b", "c"}, request{"lag", 0, "copy"})
}
