// Package added_after counts goroutines that run already: their Done may come before the Add, and panics.
package added_after

import "sync"

func each(names []string, visit func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		go func() {
			defer wg.Done()
			visit(name)
		}()
		wg.Add(1) // want "wg.Add comes after the start of the goroutine that it counts, whose Done may come first"
	}
	wg.Wait()
}

func all(names []string, visit func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		go func() {
			visit(name)
			wg.Done()
		}()
	}
	wg.Add(len(names)) // want "wg.Add comes after the start"
	wg.Wait()
}

type service struct{ running sync.WaitGroup }

func (s *service) open(work func()) {
	go s.run(work)
	s.running.Add(1) // want "s.running.Add comes after the start"
}

func (s *service) run(work func()) {
	defer s.running.Done()
	work()
}

func (s *service) close() { s.running.Wait() }

// pool counts what its workers receive.
func pool(names []string, visit func(string)) {
	var wg sync.WaitGroup
	queue := make(chan string)
	go func() {
		for name := range queue {
			visit(name)
			wg.Done()
		}
	}()
	for _, name := range names {
		wg.Add(1)
		queue <- name
	}
	wg.Wait()
	close(queue)
}

// gate lets its goroutine go on only when it is counted.
func gate(visit func()) {
	var wg sync.WaitGroup
	start := make(chan bool)
	go func() {
		<-start
		visit()
		wg.Done()
	}()
	wg.Add(1)
	close(start)
	wg.Wait()
}

// either starts one or the other goroutine, each of which is counted before.
func either(names []string, visit, skip func(string)) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		skip("")
	}()
	for _, name := range names {
		if name == "" {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			visit(name)
		}()
	}
	wg.Wait()
}
