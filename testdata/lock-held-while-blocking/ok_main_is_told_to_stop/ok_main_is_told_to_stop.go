// A program that another goroutine tells to stop, which ends the wait of the main one.
package main

import (
	"sync"
	"time"
)

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
	n.tell(len(n.lines))
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
	go stop(n.over)
	n.add("one")
	n.add("two")
	n.add("three")
}

func stop(over chan struct{}) {
	time.Sleep(time.Second)
	close(over)
}
