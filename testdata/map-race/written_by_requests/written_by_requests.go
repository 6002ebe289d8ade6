// Package written_by_requests has a server whose requests add to a map, in an embedded object, and drop from it.
package written_by_requests

import "maps"

type registry struct{ names map[string]int }

func (r *registry) put(name string) {
	r.names[name]++
}

type server struct {
	registry
	dropped map[string]bool
}

// Add enters a name.
func (s *server) Add(name string) error {
	s.put(name)
	return nil
}

// Drop removes a name.
func (s *server) Drop(name string) error { // step "requests come in"
	delete(s.names, name) // want "map s.names is written by requests"
	own := map[string]bool{name: true}
	own[""] = false
	note(s.dropped, own) // step "which calls"
	return nil
}

func note(into, from map[string]bool) {
	maps.Copy(into, from) // want "map into is written by requests"
}

func serve() *server {
	s := &server{registry: registry{names: map[string]int{}}, dropped: map[string]bool{}}
	RegisterNamesServer(s)
	return s
}
