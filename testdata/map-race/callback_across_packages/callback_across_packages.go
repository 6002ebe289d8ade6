// Package callback_across_packages hands a callback to another package, which runs it on many goroutines.
package callback_across_packages

import "govetpy.test/map-race/callback_across_packages/shards"

func bad(s *shards.Shards) map[string]bool {
	up := map[string]bool{}
	s.Each(func(name string) {
		up[name] = true // want "map up is written by several goroutines at once"
	})
	return up
}
