// Package ok_options runs the options of a constructor before its goroutine; a cursor's error is asked for at its end.
package ok_options

import "errors"

type option func(*cursor)

type cursor struct {
	rows  chan int
	limit int
	err   error
}

func withLimit(limit int) option {
	return func(c *cursor) { c.limit = limit }
}

func scan(options ...option) *cursor {
	c := &cursor{rows: make(chan int), limit: 10}
	for _, o := range options {
		o(c)
	}
	go c.run()
	return c
}

func (c *cursor) run() {
	defer close(c.rows)
	for i := range 20 {
		if i == c.limit {
			c.err = errors.New("limit")
			return
		}
		c.rows <- i
	}
}

// Err is for who has seen the last row.
func (c *cursor) Err() error { return c.err }

func total(options ...option) (int, error) {
	c, n := scan(options...), 0
	for row := range c.rows {
		n += row
	}
	return n, c.Err()
}
