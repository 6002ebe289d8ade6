// Package ok_looked_at_before_its_start looks at each engine and then sets it going: the one that it looks at in the next
// round is another one.
package ok_looked_at_before_its_start

type engine struct{ fuel int }

func (e *engine) empty() bool { return e.fuel == 0 }

type fleet struct{ engines []*engine }

func (f *fleet) run(e *engine) {
	for e.fuel > 0 {
		e.fuel--
	}
}

func (f *fleet) start() int {
	stay := 0
	for _, e := range f.engines {
		if e.empty() || e.fuel < 0 {
			stay++
			continue
		}
		go f.run(e)
	}
	return stay
}
