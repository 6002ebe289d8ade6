// Package every_plugin runs all plugins on every worker, and the plugins count without a lock.
package every_plugin

import "sync"

type plugin interface{ filter(node string) bool }

type counting struct{ calls int }

func (c *counting) filter(node string) bool {
	c.calls++ // want "field c.calls is written by several goroutines at once"
	return node != ""
}

type framework struct{ plugins []plugin }

func (f *framework) runAll(node string) bool {
	for _, p := range f.plugins {
		if !p.filter(node) {
			return false
		}
	}
	return true
}

func schedule(f *framework, nodes []string) {
	var wg sync.WaitGroup
	for _, node := range nodes {
		wg.Go(func() { f.runAll(node) })
	}
	wg.Wait()
}

func make_() *framework {
	return &framework{plugins: []plugin{&counting{}}}
}
