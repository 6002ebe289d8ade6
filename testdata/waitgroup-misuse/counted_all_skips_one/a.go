// Package counted_all_skips_one counts all items in advance, and passes over some of them.
package counted_all_skips_one

import "sync"

type ship struct {
	name   string
	sunk   bool
	cargo  []string
	orders chan string
}

type fleet struct {
	wg    sync.WaitGroup
	ships []*ship
}

func (s *ship) sail() { s.cargo = nil }

func badSkips(ships []*ship) {
	var wg sync.WaitGroup
	wg.Add(len(ships)) // want "wg.Add counts an item that badSkips passes over"
	for _, s := range ships {
		if s.sunk {
			continue
		}
		go func() {
			defer wg.Done()
			s.sail()
		}()
	}
	wg.Wait()
}

func (f *fleet) badOneCase() {
	f.wg.Add(len(f.ships)) // want "f.wg.Add counts an item that fleet.badOneCase passes over"
	for _, s := range f.ships {
		switch len(s.cargo) {
		case 0:
		case 1:
			s.sail()
			f.wg.Done()
		default:
			go f.sail(s)
		}
	}
	f.wg.Wait()
}

func (f *fleet) sail(s *ship) {
	defer f.wg.Done()
	s.sail()
}

func okCountsDown(ships []*ship) {
	var wg sync.WaitGroup
	wg.Add(len(ships))
	for _, s := range ships {
		if s.sunk {
			wg.Done()
			continue
		}
		go func() {
			defer wg.Done()
			s.sail()
		}()
	}
	wg.Wait()
}

func okTakesOff(ships []*ship) {
	var wg sync.WaitGroup
	wg.Add(len(ships))
	left := 0
	for _, s := range ships {
		if s.sunk {
			left++
			continue
		}
		go func() {
			defer wg.Done()
			s.sail()
		}()
	}
	wg.Add(-left)
	wg.Wait()
}

func okSortedOut(ships []*ship) {
	var afloat []*ship
	for _, s := range ships {
		if s.sunk {
			continue
		}
		afloat = append(afloat, s)
	}
	var wg sync.WaitGroup
	wg.Add(len(afloat))
	for _, s := range afloat {
		go func() {
			defer wg.Done()
			s.sail()
		}()
	}
	wg.Wait()
}

func okPanics(ships []*ship) {
	var wg sync.WaitGroup
	wg.Add(len(ships))
	for _, s := range ships {
		if s == nil {
			panic("no ship")
		}
		go func() {
			defer wg.Done()
			s.sail()
		}()
	}
	wg.Wait()
}
