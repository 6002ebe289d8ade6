// Package ok_joined reads after all writers were waited for: WaitGroup, channel, group of its own (idiom C13).
package ok_joined

import "sync"

type group struct{ wg sync.WaitGroup }

func (g *group) start(f func()) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		f()
	}()
}

func (g *group) wait() { g.wg.Wait() }

func okGroup() int {
	sizes := map[int]int{}
	var g group
	g.start(func() { sizes[1] = 1 })
	g.wait()
	return sizes[1]
}

func okChannel() int {
	sizes := map[int]int{}
	done := make(chan error, 1)
	go func() {
		sizes[1] = 1
		done <- nil
	}()
	if err := <-done; err != nil {
		return 0
	}
	return sizes[1]
}

func okClose() int {
	sizes := map[int]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		sizes[1] = 1
	}()
	<-done
	return len(sizes)
}
