// Package ok_last_round_says_so sends the error with its last value, and sends nothing more.
package ok_last_round_says_so

import "io"

type lines interface {
	Line() (string, error)
}

type item struct {
	line string
	err  error
}

type ahead struct {
	found chan item
}

func readAhead(in lines) *ahead {
	a := &ahead{found: make(chan item, 4)}
	go func() {
		for {
			line, err := in.Line()
			a.put(item{line, err})
			if err != nil {
				return
			}
		}
	}()
	return a
}

func (a *ahead) put(one item) { a.found <- one }

func load(in lines, use func(string)) error {
	a := readAhead(in)
	for one := range a.found {
		if one.err != nil {
			return one.err
		}
		use(one.line)
	}
	return nil
}

func drain(in lines, use func(string)) error {
	found := make(chan item)
	go func() {
		for {
			line, err := in.Line()
			if err != nil {
				found <- item{"", err}
				return
			}
			found <- item{line, nil}
		}
	}()
	for {
		one := <-found
		if one.err == io.EOF {
			return nil
		}
		use(one.line)
	}
}
