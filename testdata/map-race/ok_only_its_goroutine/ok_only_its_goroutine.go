// Package ok_only_its_goroutine makes a map in the constructor; after that only the one goroutine of the object uses it.
package ok_only_its_goroutine

type poller struct {
	ticks chan int
	done  chan int
	last  map[int]int
}

func newPoller() *poller {
	p := &poller{ticks: make(chan int), done: make(chan int), last: map[int]int{}}
	p.last[-1] = 0
	return p
}

func (p *poller) start() { go p.run() }

func (p *poller) run() {
	for tick := range p.ticks {
		p.observe(tick)
	}
	p.done <- len(p.last)
}

func (p *poller) observe(tick int) {
	delete(p.last, tick-1)
	p.last[tick] = tick
}

func (p *poller) stop() int {
	close(p.ticks)
	return <-p.done
}

func run(n int) int {
	p := newPoller()
	p.start()
	for tick := range n {
		p.ticks <- tick
	}
	return p.stop()
}
