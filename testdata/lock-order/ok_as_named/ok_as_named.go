// Package ok_as_named takes two locks of one field in an order that holds for everybody.
package ok_as_named

import (
	"strings"
	"sync"
)

type purse struct {
	id    int
	name  string
	mu    sync.Mutex
	coins int
	inner *purse
}

type bank struct {
	mu     sync.Mutex
	purses []*purse
}

func (b *bank) byID(from, to int) {
	b.purses[from].moveByID(b.purses[to])
}

func (p *purse) moveByID(to *purse) {
	first, second := p, to
	if p.id > to.id {
		first, second = to, p
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	p.coins, to.coins = 0, p.coins+to.coins
}

func (b *bank) byBranch(from, to int) {
	byBranch(b.purses[from], b.purses[to])
}

func byBranch(from, to *purse) {
	if strings.Compare(from.name, to.name) < 0 {
		from.mu.Lock()
		to.mu.Lock()
	} else {
		to.mu.Lock()
		from.mu.Lock()
	}
	from.coins, to.coins = 0, from.coins+to.coins
	to.mu.Unlock()
	from.mu.Unlock()
}

func (b *bank) byKey(from, to int) {
	if from > to {
		from, to = to, from
	}
	inOrder(b.purses[from], b.purses[to])
}

func (b *bank) sorted(from, to int) {
	low, high := sorted(from, to)
	inOrder(b.purses[low], b.purses[high])
}

func sorted(a, b int) (int, int) {
	if a > b {
		return b, a
	}
	return a, b
}

func (b *bank) neighbours() {
	for at := range len(b.purses) - 1 {
		inOrder(b.purses[at], b.purses[at+1])
	}
}

func inOrder(from, to *purse) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.coins, to.coins = 0, from.coins+to.coins
}

func (b *bank) gated(from, to int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one, other := b.purses[from], b.purses[to]
	one.mu.Lock()
	defer one.mu.Unlock()
	other.mu.Lock()
	defer other.mu.Unlock()
	one.coins, other.coins = 0, one.coins+other.coins
}

func (p *purse) into(other *purse) {
	p.mu.Lock()
	coins := p.coins
	p.mu.Unlock()
	other.mu.Lock()
	defer other.mu.Unlock()
	other.coins += coins
}

func (b *bank) oneByOne(from, to int) { b.purses[from].into(b.purses[to]) }

func (p *purse) nest() {
	p.hold(p.inner)
}

func (p *purse) hold(inner *purse) {
	p.mu.Lock()
	defer p.mu.Unlock()
	inner.mu.Lock()
	defer inner.mu.Unlock()
	p.coins += inner.coins
}
