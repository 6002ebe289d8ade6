// Package cursor_ends_at_error reads ahead: whoever stops at the first line that it cannot use leaves the reader behind.
package cursor_ends_at_error

import "io"

type lines interface {
	Line() (string, error)
}

type ahead struct {
	found chan *string
	err   error
}

func readAhead(in lines) *ahead {
	a := &ahead{found: make(chan *string, 4)}
	go func() {
		defer close(a.found)
		for {
			line, err := in.Line()
			if err != nil {
				a.err = err
				return
			}
			a.put(line)
		}
	}()
	return a
}

func (a *ahead) put(line string) {
	if line != "" {
		a.found <- &line // want "send on a.found may wait for ever: the receiver may stop before all values are received"
	}
}

func (a *ahead) next() (*string, error) {
	line, ok := <-a.found
	if !ok {
		return nil, io.EOF
	}
	return line, nil
}

func load(in lines, use func(*string) error) error {
	a := readAhead(in)
	for {
		line, err := a.next()
		if err != nil {
			return a.err
		}
		if err := use(line); err != nil {
			return err // step "stops receiving while more may come"
		}
	}
}

type counted struct {
	numbers chan int
}

func count(in []int) *counted {
	c := &counted{numbers: make(chan int)}
	go func() {
		for _, number := range in {
			c.send(number)
		}
		close(c.numbers)
	}()
	return c
}

func (c *counted) send(number int) {
	c.numbers <- number // want "send on c.numbers may wait for ever"
}

func sum(in []int, add func(int) error) error {
	c := count(in)
	for number := range c.numbers {
		if err := add(number); err != nil {
			return err
		}
	}
	return nil
}
