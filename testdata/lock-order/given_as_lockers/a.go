// Package given_as_lockers takes its locks through helpers that are given them behind an interface.
package given_as_lockers

import "sync"

func with(l sync.Locker, do func()) {
	l.Lock()
	defer l.Unlock()
	do()
}

type wallet struct {
	mu    sync.Mutex
	coins int
}

type bank struct {
	mu    sync.Mutex
	notes int
}

type town struct {
	wallet wallet
	bank   bank
}

func (t *town) badSave(n int) {
	with(&t.wallet.mu, func() { // want "given_as_lockers.bank.mu is taken while given_as_lockers.wallet.mu is held"
		t.wallet.coins -= n
		with(&t.bank.mu, func() { t.bank.notes += n })
	})
}

func (t *town) badTotal() (sum int) {
	with(&t.bank.mu, func() {
		with(&t.wallet.mu, func() { sum = t.bank.notes + t.wallet.coins })
	})
	return sum
}

type mill struct {
	sync.Mutex
	grain int
}

type farm struct {
	mu    sync.Mutex
	field int
	mill  *mill
}

func (f *farm) okHarvest(n int) {
	with(&f.mu, func() {
		f.field -= n
		with(f.mill, func() { f.mill.grain += n })
	})
}

func (f *farm) okTotal() (sum int) {
	with(&f.mu, func() { sum = f.field })
	with(f.mill, func() {
		n := f.mill.grain
		sum += n
	})
	return sum
}
