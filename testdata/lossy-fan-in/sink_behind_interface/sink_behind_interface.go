// Package sink_behind_interface publishes through an interface to a list of small queues.
package sink_behind_interface

type change struct{ key, value string }

type sink interface{ publish(c *change) }

type queues struct{ all []chan *change }

func (q *queues) add() <-chan *change {
	c := make(chan *change, 3) // step "capacity 3"
	q.all = append(q.all, c)
	return c
}

func (q *queues) publish(c *change) {
	for _, queue := range q.all {
		select {
		case queue <- c: // want "many goroutines send on queue, which holds 3"
		default:
		}
	}
}

type discard struct{}

func (discard) publish(*change) {}

type poller struct{ to sink }

func (p *poller) poll(keys []string) {
	for _, key := range keys {
		p.to.publish(&change{key: key})
	}
}

func run(servers [][]string, dry bool) map[string]string {
	q := &queues{}
	changes := q.add()
	p := &poller{to: q}
	if dry {
		p.to = discard{}
	}
	for _, keys := range servers {
		go p.poll(keys) // step "goroutine"
	}
	latest := map[string]string{}
	for c := range changes {
		latest[c.key] = c.value
	}
	return latest
}
