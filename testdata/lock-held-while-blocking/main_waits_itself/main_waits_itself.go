// A program whose main goroutine waits under a lock, so that it does not come to end the wait.
package main

import "sync"

type news struct {
	mu    sync.Mutex
	lines []string
	fresh chan int
	over  chan struct{}
}

func (n *news) add(line string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lines = append(n.lines, line)
	n.tell(len(n.lines)) // want "news.mu is held while news.add waits for n.fresh or n.over"
}

func (n *news) tell(count int) {
	select {
	case n.fresh <- count:
	case <-n.over:
	}
}

func (n *news) last() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.lines[len(n.lines)-1]
}

func (n *news) read(print func(string)) {
	for {
		select {
		case <-n.fresh:
			print(n.last())
		case <-n.over:
			return
		}
	}
}

func main() {
	n := &news{fresh: make(chan int), over: make(chan struct{})}
	go n.read(func(string) {})
	n.add("one")
	n.add("two")
	close(n.over)
}
