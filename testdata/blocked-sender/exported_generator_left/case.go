// Package exported_generator_left reads lines in the background for whoever asks; one who asks leaves at a bad line.
package exported_generator_left

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

var errComment = errors.New("a comment")

// Lines sends all lines of a reader.
func Lines(r io.Reader) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for all := bufio.NewScanner(r); all.Scan(); {
			out <- all.Text() // want "this send on out may wait for ever: the receiver may stop before all values are received"
		}
	}()
	return out
}

func count(r io.Reader) (int, error) {
	n := 0
	for line := range Lines(r) {
		if strings.HasPrefix(line, "#") {
			return 0, errComment
		}
		n++
	}
	return n, nil
}
