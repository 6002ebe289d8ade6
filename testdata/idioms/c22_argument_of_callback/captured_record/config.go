// Package captured_record has a concurrent callback that gets the record of its cell, but writes the one that it captured.
package captured_record

import "sync"

type config struct{ Thresholds map[string]float64 }

type store struct {
	mu    sync.Mutex
	cells map[string]int
}

func (s *store) read(cell string) *config {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cells[cell]++
	return &config{Thresholds: map[string]float64{}}
}

func (s *store) updateCells(cells []string, update func(*config) *config) {
	var wg sync.WaitGroup
	for _, cell := range cells {
		wg.Add(1)
		go func(cell string) {
			defer wg.Done()
			update(s.read(cell))
		}(cell)
	}
	wg.Wait()
}

func updateThrottler(s *store, cells []string, metric string, threshold float64) *config {
	whole := s.read("global")
	s.updateCells(cells, func(c *config) *config {
		c.Thresholds[metric] = threshold
		whole.Thresholds[metric] = threshold // want "map whole.Thresholds is written by several goroutines at once"
		return c
	})
	return whole
}

func run() {
	s := &store{cells: map[string]int{}}
	updateThrottler(s, []string{"a", "b", "c"}, "lag", 1)
}
