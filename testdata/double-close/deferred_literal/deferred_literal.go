// Package deferred_literal closes in a deferred literal and at the end.
package deferred_literal

type pump struct {
	in   func() (int, bool)
	done chan struct{}
}

func (p *pump) run(out func(int)) {
	defer func() {
		close(p.done) // want "p.done may be closed twice"
	}()
	for {
		n, ok := p.in()
		if !ok {
			break
		}
		out(n)
	}
	close(p.done) // step "closed again"
}
