// Package skew_without_lock looks into the map without the lock under which the other streams write it.
package skew_without_lock

import "sync"

type streams struct {
	skewMu  sync.Mutex
	seen    map[string]int
	laggard string
}

func (s *streams) record(name string, at int) {
	s.skewMu.Lock()
	defer s.skewMu.Unlock()
	s.seen[name] = at // step "writes s.seen"
}

func (s *streams) mustPause(name string) bool {
	return s.seen[name] > 2 // want "map s.seen is read while another goroutine may write it"
}

func (s *streams) align(name string, at int) bool {
	s.record(name, at)
	return s.mustPause(name)
}

func run(names []string) {
	s := &streams{seen: map[string]int{}}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			for at := range 20 {
				s.align(name, at)
			}
		}()
	}
	wg.Wait()
}
