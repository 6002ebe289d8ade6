// Package ok_types_of_a_library counts under a lock what sources of its library give from several goroutines.
package ok_types_of_a_library

import (
	"sync"

	"govetpy.test/captured-race/ok_types_of_a_library/source"
)

// Count counts the rows of a source.
func Count(from source.Source) int {
	var mu sync.Mutex
	count := 0
	from.Each(func(string) {
		mu.Lock()
		defer mu.Unlock()
		count++
	})
	return count
}

// CountParts counts the rows of several parts.
func CountParts(parts [][]string) int { return Count(&source.Scatter{Parts: parts}) }
