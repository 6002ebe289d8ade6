// Package appended_to_shared appends to a slice that all goroutines share: they write the same spare room.
package appended_to_shared

import "sync"

var defaults = make([]string, 0, 8)

func arguments(own string) []string {
	args := defaults
	if own != "" {
		args = append(args, own) // want "slice the room behind defaults is written by several goroutines at once"
	}
	return args
}

func run(names []string, start func([]string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { start(arguments(name)) })
	}
	wg.Wait()
}
