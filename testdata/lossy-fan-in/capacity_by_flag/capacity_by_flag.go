// Package capacity_by_flag has queues as deep as the command line says, which mostly says nothing.
package capacity_by_flag

import (
	"flag"
	"net/http"
)

type update struct{ key, value string }

var depth = flag.Int("depth", 3, "how many updates may wait")

var deletions = 2

func init() { flag.IntVar(&deletions, "deletions", deletions, "how many deletions may wait") }

var plenty = flag.Int("plenty", 4096, "how many notes may wait")

type store struct {
	updates, removed, notes chan update
	values                  map[string]string
}

func open() *store {
	return &store{
		updates: make(chan update, *depth), // step "capacity 3"
		removed: make(chan update, deletions),
		notes:   make(chan update, *plenty),
		values:  map[string]string{},
	}
}

func (s *store) set(w http.ResponseWriter, r *http.Request) {
	select {
	case s.updates <- update{r.FormValue("key"), r.FormValue("value")}: // want "many goroutines send on s.updates, which holds 3"
	default:
	}
	select {
	case s.removed <- update{key: r.FormValue("old")}: // want "many goroutines send on s.removed, which holds 2"
	default:
	}
	select {
	case s.notes <- update{key: r.FormValue("note")}:
	default:
	}
}

func (s *store) apply() {
	for {
		select {
		case u := <-s.updates:
			s.values[u.key] = u.value
		case u := <-s.removed:
			delete(s.values, u.key)
		case u := <-s.notes:
			s.values["note"] = u.key
		}
	}
}

func serve() {
	s := open()
	go s.apply()
	http.HandleFunc("/set", s.set)
}
