// case: min-confidence=medium

// Package ok_equipped_first has plugins that are given what they work with by one method and begin with another.
package ok_equipped_first

type plugin struct {
	source func() int
	out    chan int
	stop   chan bool
	ended  chan bool
}

type module interface {
	provision(source func() int)
	begin()
	Close()
}

func load(m module, source func() int) {
	m.provision(source)
	m.begin()
}

func (p *plugin) provision(source func() int) {
	p.source = source
}

func (p *plugin) begin() {
	go func() {
		defer close(p.ended)
		for {
			select {
			case <-p.stop:
				return
			case p.out <- p.source():
			}
		}
	}()
}

func (p *plugin) Close() {
	close(p.stop)
	<-p.ended
}
