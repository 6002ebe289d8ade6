// Package ok_serialised_across_packages streams through an interface to a connection that serialises its callbacks
// by a lock of each call (idiom C8).
package ok_serialised_across_packages

import "govetpy.test/map-race/ok_serialised_across_packages/conn"

type streamer interface {
	StreamMulti(query string, callback func(conn.Result) error) error
}

var _ streamer = (*conn.Scatter)(nil)

func ok(s streamer) (map[string]int, error) {
	counts := map[string]int{}
	err := s.StreamMulti("select", func(r conn.Result) error {
		counts[r.Shard] += len(r.Rows)
		return nil
	})
	return counts, err
}

func run(shards []string) (map[string]int, error) { return ok(&conn.Scatter{Shards: shards}) }
