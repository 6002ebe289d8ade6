// Package answer_after_timeout has no room for the answer to a question that was given up.
package answer_after_timeout

import (
	"errors"
	"sync"
	"time"
)

var errLate = errors.New("late")

type question struct {
	text   string
	answer chan string
}

type client struct {
	mu    sync.Mutex
	asked []*question
}

func (c *client) ask(text string) (string, error) {
	q := &question{text: text, answer: make(chan string)}
	c.mu.Lock()
	c.asked = append(c.asked, q)
	c.mu.Unlock()
	select {
	case answer := <-q.answer: // step "the only receiver"
		return answer, nil
	case <-time.After(time.Second):
		return "", errLate // step "the receiver ends"
	}
}

func (c *client) next() *question {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.asked) == 0 {
		return nil
	}
	q := c.asked[0]
	c.asked = c.asked[1:]
	return q
}

func (c *client) serve(think func(string) string) {
	for q := c.next(); q != nil; q = c.next() {
		q.answer <- think(q.text) // want "this send on q.answer may wait for ever: its receiver .*client.ask may have ended"
	}
}

func run(think func(string) string) *client {
	c := &client{}
	go c.serve(think)
	return c
}
