// Package once_comes_again loads everything once, and asks for a part of it while it does.
package once_comes_again

import "sync"

type library struct {
	once  sync.Once
	faces map[string]string
}

func (l *library) load() {
	l.faces = map[string]string{"regular": "R"}
	l.link("bold", "regular")
}

func (l *library) link(name, base string) {
	if l.faces[name] == "" {
		l.faces[name] = l.face(base) // want "l.once waits for itself: what it runs comes to it again"
	}
}

func (l *library) face(name string) string {
	l.once.Do(l.load) // step "l.once runs a function once"
	return l.faces[name]
}

var (
	begun  sync.Once
	values map[string]int
)

func value(name string) int {
	begun.Do(func() {
		values = map[string]int{"one": 1}
		values["two"] = sum("one", "one") // step "calls on"
	})
	return values[name]
}

func sum(a, b string) int {
	return value(a) + // want "begun waits for itself: what it runs comes to it again"
		value(b)
}
