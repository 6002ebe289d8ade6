// Package ok_receiver_joins takes everything until the sender closes, and every sender closes.
package ok_receiver_joins

import "sync"

type sink struct {
	rows chan int
	wg   sync.WaitGroup
}

func open(write func(int)) *sink {
	s := &sink{rows: make(chan int)}
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		for row := range s.rows {
			write(row)
		}
	}()
	return s
}

func (s *sink) put(row int) { s.rows <- row }

func (s *sink) close() {
	close(s.rows)
	s.wg.Wait()
}
