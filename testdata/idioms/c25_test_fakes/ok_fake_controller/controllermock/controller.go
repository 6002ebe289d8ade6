// Package controllermock is a mock in a package of its own.
package controllermock

import "sync"

// Controller notes what was called.
type Controller struct{ MethodCalled map[string]bool }

// Serve notes the call.
func (c *Controller) Serve(name string) { c.MethodCalled[name] = true }

// ServeAll serves all at once.
func (c *Controller) ServeAll(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { c.Serve(name) })
	}
	wg.Wait()
}
