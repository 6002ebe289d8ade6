// Package ok_argument_decides closes when its argument says that it is the first to ask.
package ok_argument_decides

import "sync/atomic"

type ticket struct {
	used  bool
	claim atomic.Bool
}

func (t *ticket) use() bool {
	fresh := !t.used
	t.used = true
	return fresh
}

type gate struct {
	left  chan struct{}
	right chan struct{}
	mode  int
	third chan struct{}
}

func (g *gate) build() {
	if g.left == nil {
		g.left = make(chan struct{})
	}
	if g.right == nil {
		g.right = make(chan struct{})
	}
	if g.third == nil {
		g.third = make(chan struct{})
	}
}

func (g *gate) pass(t *ticket) {
	if t.use() && g.left != nil {
		close(g.left)
	}
	if t.claim.CompareAndSwap(false, true) && g.right != nil {
		close(g.right)
	}
	switch g.mode {
	case 1:
		g.mode = 2
		if g.third != nil {
			close(g.third)
		}
	}
}
