// Package ok_registry_at_init fills a package map in init functions; goroutines only read it (idiom C12).
package ok_registry_at_init

import "sync"

type factory func(name string) int

var factories = map[string]factory{}

func register(name string, f factory) { factories[name] = f }

func init() {
	register("len", func(name string) int { return len(name) })
	register("zero", func(string) int { return 0 })
}

func create(kind, name string) int {
	if f, found := factories[kind]; found {
		return f(name)
	}
	return -1
}

func ok(kinds []string) {
	var wg sync.WaitGroup
	for _, kind := range kinds {
		wg.Add(1)
		go func() {
			defer wg.Done()
			create(kind, "x")
		}()
	}
	wg.Wait()
}
