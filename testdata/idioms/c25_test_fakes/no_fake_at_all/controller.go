// Package no_fake_at_all has the fake's code in the product.
package no_fake_at_all

import "sync"

type controller interface {
	serve(name string)
	stats() int
}

type noting struct{ methodCalled map[string]bool }

func (n *noting) serve(name string) {
	n.methodCalled[name] = true // want "is written by several goroutines at once"
}

func (n *noting) stats() int { return len(n.methodCalled) }

func serveAll(c controller, names []string) int {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { c.serve(name) })
	}
	wg.Wait()
	return c.stats()
}

func run() { serveAll(&noting{methodCalled: map[string]bool{}}, []string{"a", "b", "c"}) }
