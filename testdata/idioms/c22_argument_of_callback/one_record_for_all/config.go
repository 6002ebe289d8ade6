// Package one_record_for_all reads the record once and gives it to the concurrent callback of every cell.
package one_record_for_all

import "sync"

type config struct{ Thresholds map[string]float64 }

type store struct {
	mu    sync.Mutex
	cells map[string]int
}

func (s *store) read() *config { return &config{Thresholds: map[string]float64{}} }

func (s *store) write(cell string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cells[cell]++
}

func (s *store) updateCells(cells []string, update func(*config) *config) {
	c := s.read()
	var wg sync.WaitGroup
	for _, cell := range cells {
		wg.Add(1)
		go func(cell string) {
			defer wg.Done()
			update(c)
			s.write(cell)
		}(cell)
	}
	wg.Wait()
}

func updateThrottler(s *store, cells []string, metric string, threshold float64) {
	update := func(c *config) *config {
		if threshold > 0 {
			c.Thresholds[metric] = threshold // want "is written"
		} else {
			delete(c.Thresholds, metric)
		}
		return c
	}
	s.updateCells(cells, update)
}

func run() {
	s := &store{cells: map[string]int{}}
	updateThrottler(s, []string{"a", "b", "c"}, "lag", 1)
}
