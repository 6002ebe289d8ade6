// Package ok_copies_for_sources gives every parallel source a copy of the variables (idiom C10).
package ok_copies_for_sources

import (
	"sync"

	"govetpy.test/map-race/ok_copies_for_sources/vars"
)

type source interface{ exec(v vars.Vars) int }

type scan struct{}

func (scan) exec(v vars.Vars) int { return len(v["from"]) }

type limit struct{ input source }

func (l limit) exec(v vars.Vars) int {
	v["limit"] = "10"
	return l.input.exec(v)
}

type union struct{ sources []source }

func (u *union) exec(v vars.Vars) []int {
	counts := make([]int, len(u.sources))
	var wg sync.WaitGroup
	for i, s := range u.sources {
		own := vars.Copy(v)
		wg.Add(1)
		go func() {
			defer wg.Done()
			counts[i] = s.exec(own)
		}()
	}
	wg.Wait()
	return counts
}

func run() []int {
	u := &union{sources: []source{limit{scan{}}, scan{}, limit{limit{scan{}}}}}
	return u.exec(vars.Vars{"from": "t"})
}
