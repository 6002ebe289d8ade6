// Package ok_half_closed leaves a channel open only where those who receive know that nothing more comes.
package ok_half_closed

import (
	"bufio"
	"context"
	"io"
)

// Lines yields the lines of a reader; it closes on the way out that its callers do not ask for.
func Lines(from io.Reader, stop <-chan struct{}) <-chan string {
	lines := make(chan string)
	reader := bufio.NewReader(from)
	go func() {
		for {
			line, err := reader.ReadString('\n')
			if err != nil {
				close(lines)
				return
			}
			select {
			case <-stop:
				return
			case lines <- line:
			}
		}
	}()
	return lines
}

type result struct {
	page int
	err  error
}

// Pages yields pages, the last of them with an error.
func Pages(ctx context.Context, read func() (int, error)) <-chan result {
	pages := make(chan result)
	go func() {
		for {
			if ctx.Err() != nil {
				return
			}
			page, err := read()
			if err != nil {
				pages <- result{err: err}
				return
			}
			if page == 0 {
				close(pages)
				return
			}
			pages <- result{page: page}
		}
	}()
	return pages
}

// Deferred closes on all ways out.
func Deferred(read func() (int, error)) <-chan int {
	pages := make(chan int)
	go func() {
		defer func() { close(pages) }()
		for {
			page, err := read()
			if err != nil {
				return
			}
			pages <- page
		}
	}()
	return pages
}

// Both closes on both.
func Both(read func() (int, error)) <-chan int {
	pages := make(chan int)
	go func() {
		for {
			page, err := read()
			if err != nil {
				close(pages)
				return
			}
			if page == 0 {
				end(pages)
				return
			}
			pages <- page
		}
	}()
	return pages
}

func end(pages chan int) { close(pages) }
