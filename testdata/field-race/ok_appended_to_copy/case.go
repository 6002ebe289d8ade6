// Package ok_appended_to_copy copies the shared slice, or cuts its spare room off, before it appends.
package ok_appended_to_copy

import (
	"slices"
	"sync"
)

var defaults = make([]string, 0, 8)

func copied(own string) []string {
	args := make([]string, 0, len(defaults)+1)
	args = append(args, defaults...)
	return append(args, own)
}

func cloned(own string) []string { return append(slices.Clone(defaults), own) }

func cut(own string) []string { return append(defaults[:len(defaults):len(defaults)], own) }

func run(names []string, start func(...[]string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { start(copied(name), cloned(name), cut(name)) })
	}
	wg.Wait()
}
