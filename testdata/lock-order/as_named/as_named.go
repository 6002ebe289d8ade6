// Package as_named takes two locks of one field in the order in which somebody names their objects.
package as_named

import "sync"

type purse struct {
	mu    sync.Mutex
	coins int
}

func (p *purse) give(to *purse, coins int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	to.mu.Lock() // want "to.mu is taken while p.mu of another object is held, as the call has them"
	defer to.mu.Unlock()
	p.coins -= coins
	to.coins += coins
}

type bank struct {
	purses map[string]*purse
	vaults []*vault
}

func (b *bank) pay(from, to string, coins int) bool {
	payer, ok := b.purses[from]
	payee, found := b.purses[to]
	if !ok || !found || from == to {
		return false
	}
	payer.give(payee, coins) // step "names the two objects, in any order"
	return true
}

type vault struct {
	mu   sync.RWMutex
	gold int
}

func (b *bank) vault(at int) *vault { return b.vaults[at] }

func (b *bank) carry(from, to int) {
	one := b.vaults[from]
	other := b.vaults[to]
	one.mu.Lock()
	other.mu.Lock() // want "other.mu is taken while one.mu of another object is held"
	one.gold--
	other.gold++
	other.mu.Unlock()
	one.mu.Unlock()
}

func (v *vault) heavier(than int) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.gold > than
}

type order struct{ left, right int }

func (b *bank) weigh(orders <-chan order) (n int) {
	for o := range orders {
		if b.weighed(b.vault(o.left), b.vault(o.right)) {
			n++
		}
	}
	return n
}

func (b *bank) weighed(left, right *vault) bool { return weighed(left, right) }

func weighed(left, right *vault) bool {
	left.mu.Lock()
	defer left.mu.Unlock()
	return right.heavier(left.gold) // want "v.mu is taken while left.mu of another object is held"
}

type seat struct {
	mu    sync.Mutex
	guest string
}

func swap(left, right *seat) {
	left.mu.Lock()
	defer left.mu.Unlock()
	right.mu.Lock() // want "right.mu is taken while left.mu of another object is held"
	defer right.mu.Unlock()
	left.guest, right.guest = right.guest, left.guest
}

func musicalChairs(here, there *seat) {
	var wg sync.WaitGroup
	wg.Go(func() { swap(here, there) })
	wg.Go(func() { swap(there, here) }) // step "names the two objects, in any order"
	wg.Wait()
}
