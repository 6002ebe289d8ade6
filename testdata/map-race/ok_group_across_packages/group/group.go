// Package group runs functions at once and waits for all.
package group

import "sync"

// Group keeps the first error.
type Group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

// Go starts f.
func (g *Group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

// Wait waits for all and gives the first error.
func (g *Group) Wait() error {
	g.wg.Wait()
	return g.err
}
