// Package capacity_by_option has a channel that is small by default among others that are large, counted or for tokens.
package capacity_by_option

import "govetpy.test/lossy-fan-in/capacity_by_option/buffer"

type report struct{ host, state string }

type collector struct {
	reports chan report
	lines   chan string
	traces  chan []byte
	nudge   chan struct{}
	lost    int
}

func newCollector() *collector {
	return &collector{
		reports: buffer.Of[report](),
		lines:   buffer.Of[string](buffer.Room(4096)),
		traces:  buffer.Of[[]byte](buffer.Room(2)),
		nudge:   buffer.Of[struct{}](buffer.Room(1)),
	}
}

func (c *collector) badProbe(host, state string) {
	buffer.Fill(c.reports, report{host, state})
}

// okProbe fills what is large, counts what is lost, and nudges.
func (c *collector) okProbe(host string) {
	buffer.Fill(c.lines, host)
	if !buffer.Fill(c.traces, []byte(host)) {
		c.lost++
	}
	buffer.Fill(c.nudge, struct{}{})
}

func (c *collector) watch(hosts []string) {
	for _, host := range hosts {
		go c.badProbe(host, "up") // step "many goroutines are started"
		go c.okProbe(host)
	}
}

func (c *collector) run(use func(string)) {
	for {
		select {
		case one := <-c.reports:
			use(one.state)
		case line := <-c.lines:
			use(line)
		case trace := <-c.traces:
			use(string(trace))
		case <-c.nudge:
			use("")
		}
	}
}
