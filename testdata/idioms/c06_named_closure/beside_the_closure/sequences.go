// Package beside_the_closure has a closure that locks, and a callback that writes once beside it.
package beside_the_closure

import (
	"errors"
	"sync"
)

type switcher struct{ targets []string }

func (s *switcher) forAllTargets(f func(string) error) error {
	var wg sync.WaitGroup
	errs := make([]error, len(s.targets))
	for i, target := range s.targets {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs[i] = f(target)
		}()
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (s *switcher) maxima(tables []string) (map[string]int, error) {
	var mu sync.Mutex
	maxima := make(map[string]int, len(tables))
	set := func(values map[string]int) {
		mu.Lock()
		defer mu.Unlock()
		for _, table := range tables {
			maxima[table] = max(maxima[table], values[table])
		}
	}
	err := s.forAllTargets(func(target string) error {
		if target == "" {
			maxima[target] = -1 // want "map maxima is written"
			return nil
		}
		set(map[string]int{target: len(target)})
		return nil
	})
	return maxima, err
}

func run() {
	s := &switcher{targets: []string{"a", "", "b", "", "c", "d"}}
	_, _ = s.maxima([]string{"a", "b", "c"})
}
