// Package ok_sends_under_recover waits for room in a channel that may be closed, and recovers when it is (idiom B12).
package ok_sends_under_recover

import "errors"

type batch struct{ rows []string }

var errClosed = errors.New("closed")

type copier struct{ batches chan *batch }

func (c *copier) send(b *batch) (err error) {
	defer func() {
		if recover() != nil {
			err = errClosed
		}
	}()
	c.batches <- b
	return nil
}

func run(tables []string, apply func(*batch)) {
	c := &copier{batches: make(chan *batch, 1)}
	for _, table := range tables {
		go func() { _ = c.send(&batch{[]string{table}}) }()
	}
	for b := range c.batches {
		apply(b)
	}
}
