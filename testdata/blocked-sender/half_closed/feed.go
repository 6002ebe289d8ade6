// Package half_closed closes what it hands out on one way out of its goroutine, and leaves it open on another.
package half_closed

import (
	"bufio"
	"io"
)

// Lines yields the lines of a reader until stop is closed.
func Lines(from io.Reader, stop <-chan struct{}) <-chan string {
	lines := make(chan string)
	reader := bufio.NewReader(from)
	go func() {
		for {
			select {
			case <-stop:
				close(lines) // want "whoever receives from lines may wait for ever: its goroutine may return without closing it"
				return
			default:
			}
			line, err := reader.ReadString('\n')
			if err != nil {
				return // step "returns without closing"
			}
			lines <- line
		}
	}()
	return lines
}

type pages struct{ next int }

func (p *pages) read(limit int) (int, bool) {
	p.next++
	return p.next, p.next < limit
}

func fill(to chan<- int, from *pages, limit int) {
	for {
		page, more := from.read(limit)
		if page < 0 {
			return // step "returns without closing"
		}
		to <- page
		if !more {
			close(to) // want "whoever receives from to may wait for ever"
			return
		}
	}
}

func numbered(limit int) chan int {
	numbers := make(chan int, 4)
	go fill(numbers, &pages{}, limit)
	return numbers
}

func sum(limit int) (total int) {
	for number := range numbered(limit) {
		total += number
	}
	return total
}
