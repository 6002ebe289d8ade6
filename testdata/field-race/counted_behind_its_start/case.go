// Package counted_behind_its_start sets each engine going and asks right behind how much is left in it.
package counted_behind_its_start

type engine struct{ fuel int }

type fleet struct{ engines []*engine }

func (f *fleet) run(e *engine) {
	for e.fuel > 0 {
		e.fuel-- // want "field e.fuel is written while another goroutine may read it"
	}
}

func (f *fleet) start() int {
	left := 0
	for _, e := range f.engines {
		go f.run(e)
		left += e.fuel
	}
	return left
}
