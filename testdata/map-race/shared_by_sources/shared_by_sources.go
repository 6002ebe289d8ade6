// Package shared_by_sources gives one map of variables to all sources of a union, which a group of another package
// runs at once; one kind of source writes it.
package shared_by_sources

import "govetpy.test/map-race/shared_by_sources/group"

type vars map[string]string

type source interface{ exec(v vars) (int, error) }

type cursor struct{ calls int }

func (c cursor) execSource(s source, v vars) (int, error) { return s.exec(v) }

type scan struct{}

func (scan) exec(v vars) (int, error) { return len(v["from"]), nil }

type limit struct{ input source }

func (l limit) exec(v vars) (int, error) {
	v["limit"] = "10" // want "map v is written"
	return l.input.exec(v)
}

type union struct{ sources []source }

func (u *union) exec(v vars) (int, error) {
	counts := make([]int, len(u.sources))
	var c cursor
	var g group.Group
	for i, s := range u.sources {
		g.Go(func() error {
			n, err := c.execSource(s, v)
			counts[i] = n
			return err
		})
	}
	err := g.Wait()
	total := 0
	for _, n := range counts {
		total += n
	}
	return total, err
}

func run() (int, error) {
	u := &union{sources: []source{limit{scan{}}, scan{}, limit{scan{}}, limit{scan{}}}}
	return u.exec(vars{"from": "t"})
}
