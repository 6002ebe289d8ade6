// Package ok_object_read_out reads its objects out, makes room for what nobody waits for, or hands the object on.
package ok_object_read_out

import (
	"errors"
	"time"
)

type fan struct {
	answers chan error
	asked   int
}

func newFan() *fan { return &fan{answers: make(chan error)} }

func (f *fan) ask(question func() error) {
	f.asked++
	go func() { f.answers <- question() }()
}

func (f *fan) first() (first error) {
	for range f.asked {
		if err := <-f.answers; err != nil && first == nil {
			first = err
		}
	}
	return first
}

func check(questions []func() error) error {
	f := newFan()
	for _, question := range questions {
		f.ask(question)
	}
	return f.first()
}

type cursor struct{ lines chan string }

func open(text []string) *cursor {
	c := &cursor{lines: make(chan string)}
	go func() {
		defer close(c.lines)
		for _, line := range text {
			c.lines <- line
		}
	}()
	return c
}

func (c *cursor) drain() {
	for range c.lines {
	}
}

func scan(text []string, enough func(string) bool) {
	c := open(text)
	defer c.drain()
	for line := range c.lines {
		if enough(line) {
			return
		}
	}
}

type question struct {
	text   string
	answer chan string
}

type client struct{ asked chan *question }

func (c *client) ask(text string) (string, error) {
	q := &question{text: text, answer: make(chan string, 1)}
	c.asked <- q
	select {
	case answer := <-q.answer:
		return answer, nil
	case <-time.After(time.Second):
		return "", errors.New("late")
	}
}

func (c *client) serve(think func(string) string) {
	for q := range c.asked {
		q.answer <- think(q.text)
	}
}

func run(think func(string) string) *client {
	c := &client{asked: make(chan *question)}
	go c.serve(think)
	return c
}

func (c *client) end() { close(c.asked) }
