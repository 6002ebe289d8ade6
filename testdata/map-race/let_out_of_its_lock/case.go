// Package let_out_of_its_lock copies the outer map under the lock, and hands out the inner ones as they are.
package let_out_of_its_lock

import (
	"maps"
	"sync"
)

type members map[string]int

type view map[string]members

type roster struct {
	mu    sync.RWMutex
	teams map[string]members
	seen  map[string]int
	views chan view
}

func open() *roster {
	return &roster{teams: map[string]members{}, seen: map[string]int{}, views: make(chan view, 1)}
}

func (r *roster) join(team, name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	of, ok := r.teams[team]
	if !ok {
		of = members{}
		r.teams[team] = of
	}
	of[name]++
	r.seen[name]++
}

func (r *roster) leave(team, name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.teams[team], name)
}

func (r *roster) view() view {
	r.mu.RLock()
	defer r.mu.RUnlock()
	all := make(view, len(r.teams))
	for team, of := range r.teams {
		all[team] = of // want "map let_out_of_its_lock.roster.teams.* is let out of let_out_of_its_lock.roster.mu"
	}
	return all
}

func (r *roster) cloned() map[string]members {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return maps.Clone(r.teams) // want "map let_out_of_its_lock.roster.teams.* is let out"
}

type report struct {
	seen  map[string]int
	teams int
}

func (r *roster) report() *report {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return &report{seen: r.seen, teams: len(r.teams)} // want "map let_out_of_its_lock.roster.seen is let out"
}

// disband takes the team away: whoever gets it has it alone.
func (r *roster) disband(team string) []members {
	r.mu.Lock()
	defer r.mu.Unlock()
	gone := []members{r.teams[team]}
	delete(r.teams, team)
	return gone
}

// restart hands over what has been seen, and begins anew.
func (r *roster) restart() report {
	r.mu.Lock()
	defer r.mu.Unlock()
	last := report{seen: r.seen, teams: len(r.teams)}
	r.seen = map[string]int{}
	return last
}

// copied has maps of its own.
func (r *roster) copied() view {
	r.mu.RLock()
	defer r.mu.RUnlock()
	all := make(view, len(r.teams))
	for team, of := range r.teams {
		own := make(members, len(of))
		for name, times := range of {
			own[name] = times
		}
		all[team] = own
	}
	return all
}

func (r *roster) publish() { r.views <- r.view() }

func count(views <-chan view) int {
	times := 0
	for _, of := range <-views {
		for _, one := range of {
			times += one
		}
	}
	return times
}
