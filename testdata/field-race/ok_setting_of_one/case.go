// Package ok_setting_of_one lets each goroutine write the settings of its own queue only.
package ok_setting_of_one

import "sync"

type queue struct {
	depth int
	owner string
}

type queues struct{ byName map[string]*queue }

type settings struct{ queues queues }

var current = &settings{}

func load() {
	current.queues.byName = map[string]*queue{"main": {}, "spare": {}}
}

func claimAll(owner string) {
	var wg sync.WaitGroup
	for name := range current.queues.byName {
		wg.Go(func() { claim(name, owner) })
	}
	wg.Wait()
	current.queues.byName["main"].depth = 1
}

func claim(name, owner string) {
	current.queues.byName[name].owner = owner
}
