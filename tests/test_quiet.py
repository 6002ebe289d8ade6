"""Places that cannot race, whatever runs when."""

from __future__ import annotations

from govet_py.concurrency.effects.stay import Staying
from govet_py.concurrency.facts import Facts
from govet_py.knowledge.stubs import stub_sources
from govet_py.resolve.link import link
from govet_py.syntax import parse
from lowering import read

SOURCE = """package server

import (
	"fmt"
	"sync"
)

type server struct {
	mu   sync.Mutex
	once sync.Once

	name    string         // set by the constructor alone, before anything is started
	started bool           // set by the constructor, when what it starts runs already
	peers   map[string]int // shown by a list of values, under the lock as always
	taken   map[string]int // handed out
	config  string         // set in the Once
	late    string         // set in the Once, and without it
}

var table = map[string]int{} // filled before anything is started

func init() {
	table["a"] = 1
	go watch()
}

func watch() { fmt.Println(table["a"]) }

func newServer(name string) *server {
	s := &server{peers: map[string]int{}, taken: map[string]int{}}
	s.name = name
	go s.run()
	s.started = true
	return s
}

func (s *server) run() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.peers[s.name]++
	s.taken[s.name]++
	fmt.Println([]any{s.peers, s.started})
	fmt.Println(s.settings())
}

func (s *server) settings() string {
	s.once.Do(func() {
		s.config = s.name
		s.late = s.name
	})
	return s.config + s.late
}

func (s *server) rename() { s.late = "other" }

func (s *server) all() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}
"""


def quiet() -> set[str]:
    """The members of SOURCE whose accesses are left out of frames; with `[]`, those whose maps are."""
    stubs = [parse(file, content) for file, content in stub_sources()]
    facts = Facts(link([read(SOURCE)], stubs))
    stays = Staying(facts.code, facts.leaves, {place.member for place in facts.records if place.is_map}).members
    return {
        place.member.name + "[]" * place.is_map
        for place, record in facts.records.items()
        if record.is_quiet and (not place.is_map or place.member in stays)
    }


def test_places_that_cannot_race() -> None:
    found = quiet()
    assert {"name", "table[]", "config", "peers[]"} <= found
    assert found.isdisjoint({"started", "late", "taken[]"})
