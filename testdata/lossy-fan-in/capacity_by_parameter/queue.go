// Package capacity_by_parameter has a queue of any type, made small, that many goroutines feed by a callback.
package capacity_by_parameter

type queue[E any] struct{ slots chan E }

func newQueue[E any](room int) *queue[E] {
	return &queue[E]{slots: make(chan E, room)} // step "a channel of capacity 3 is made"
}

func (q *queue[E]) offer(e E) bool {
	select {
	case q.slots <- e: // want "many goroutines send on q.slots, which holds 3"
		return true
	default:
		return false
	}
}

type probe struct {
	host string
	tell func(host string)
}

func (p *probe) run() {
	p.tell(p.host) // step "runs the callback"
}

type monitor struct{ seen *queue[string] }

func newMonitor() *monitor { return &monitor{seen: newQueue[string](3)} }

func (m *monitor) tell(host string) { m.seen.offer(host) }

func (m *monitor) watch(hosts []string) {
	for _, host := range hosts {
		p := &probe{host: host, tell: m.tell}
		go p.run() // step "many goroutines are started"
	}
}

func (m *monitor) collect(use func(string)) {
	for host := range m.seen.slots {
		use(host)
	}
}
