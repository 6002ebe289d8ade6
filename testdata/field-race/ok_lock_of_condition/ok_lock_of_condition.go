// Package ok_lock_of_condition takes one mutex by two names, its own and that of a condition.
package ok_lock_of_condition

import "sync"

type depot struct {
	*sync.Cond
	mu    sync.Mutex
	goods map[string]int
	spent int
}

func newDepot() *depot {
	d := &depot{goods: map[string]int{}}
	d.Cond = sync.NewCond(&d.mu)
	return d
}

func (d *depot) bring(name string) {
	d.L.Lock()
	defer d.L.Unlock()
	d.goods[name]++
	d.Broadcast()
}

func (d *depot) fetch(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.goods[name] == 0 {
		d.Wait()
	}
	d.goods[name]--
	d.spent++
}

func run(names []string) *depot {
	d := newDepot()
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { d.bring(name) })
		wg.Go(func() { d.fetch(name) })
	}
	wg.Wait()
	return d
}
