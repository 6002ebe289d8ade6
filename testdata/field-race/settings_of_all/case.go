// Package settings_of_all writes what package-wide settings say of each queue, from several goroutines at once.
package settings_of_all

import "time"

type queue struct {
	depth int
	owner string
}

type queues struct{ byName map[string]*queue }

type backends struct{ queues queues }

type settings struct{ backends backends }

var current = &settings{}

func load() {
	current.backends.queues.byName = map[string]*queue{"main": {}, "spare": {}}
}

func watch(ticks <-chan time.Time, depth int, done func()) {
	for range ticks {
		go resize(depth, done)
		go claim("watch", done)
	}
}

func resize(depth int, done func()) {
	defer done()
	for _, one := range current.backends.queues.byName {
		one.depth = depth // want "field one.depth is written by several goroutines at once"
	}
}

func claim(owner string, done func()) {
	defer done()
	current.backends.queues.byName["main"].owner = owner // want "field .*owner is written by several goroutines at once"
}
