// Package types_of_a_library is part of a library: the types that it works on are made by its users.
package types_of_a_library

import "govetpy.test/captured-race/types_of_a_library/source"

// Count counts the rows of a source.
func Count(from source.Source) int {
	count := 0
	from.Each(func(string) {
		count++ // want "variable count is written by several goroutines at once"
	})
	return count
}
