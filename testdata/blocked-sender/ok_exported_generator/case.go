// Package ok_exported_generator reads in the background for callers that read to the end, or say when they have enough.
package ok_exported_generator

import (
	"bufio"
	"errors"
	"io"
)

var errEmpty = errors.New("empty line")

// Lines sends all lines of a reader.
func Lines(r io.Reader) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for all := bufio.NewScanner(r); all.Scan(); {
			out <- all.Text()
		}
	}()
	return out
}

// Until sends the lines of a reader until done is closed.
func Until(done <-chan struct{}, r io.Reader) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for all := bufio.NewScanner(r); all.Scan(); {
			select {
			case out <- all.Text():
			case <-done:
				return
			}
		}
	}()
	return out
}

func count(r io.Reader) (int, error) {
	n, bad := 0, false
	for line := range Lines(r) {
		bad = bad || line == ""
		n++
	}
	if bad {
		return 0, errEmpty
	}
	return n, nil
}

type answer struct {
	text string
	err  error
}

// Follow sends what comes after the first line, if there is one.
func Follow(r io.Reader) (answer, <-chan string) {
	all := bufio.NewScanner(r)
	if !all.Scan() {
		return answer{err: errEmpty}, nil
	}
	first, rest := all.Text(), make(chan string)
	go func() {
		defer close(rest)
		for all.Scan() {
			rest <- all.Text()
		}
	}()
	return answer{text: first}, rest
}

func follow(r io.Reader, write func(string)) error {
	first, rest := Follow(r)
	if first.err != nil {
		return first.err
	}
	for line := range rest {
		write(line)
	}
	return nil
}

func first(r io.Reader) string {
	done := make(chan struct{})
	defer close(done)
	for line := range Until(done, r) {
		if line != "" {
			return line
		}
	}
	return ""
}
