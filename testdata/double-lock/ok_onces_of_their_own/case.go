// Package ok_onces_of_their_own runs one Once below another, or leaves the question to those who come later.
package ok_onces_of_their_own

import "sync"

type library struct {
	once   sync.Once
	base   *library
	faces  map[string]string
	linked sync.Once
}

func (l *library) load() {
	l.faces = map[string]string{"regular": "R"}
	if l.base != nil {
		l.faces["bold"] = l.base.face("regular")
	}
	l.linked.Do(func() { l.faces["thin"] = "T" })
}

func (l *library) face(name string) string {
	l.once.Do(l.load)
	return l.faces[name]
}

var begun sync.Once

func value(names chan string) {
	begun.Do(func() {
		go func() {
			begun.Do(func() {})
			names <- "begun"
		}()
	})
}
