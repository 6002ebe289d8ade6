// Package ok_appended_by_option is given observers by options, which add them to a list.
package ok_appended_by_option

import "sync"

type observer func(shard string, rows int)

type settings struct {
	observers []observer
	limit     int
}

type option func(*settings)

func observed(by observer) option {
	return func(s *settings) { s.observers = append(s.observers, by) }
}

func limited(to int) option { return func(s *settings) { s.limit = to } }

type client struct{ settings settings }

func dial(options ...option) *client {
	c := &client{settings: settings{limit: 10}}
	for _, set := range options {
		set(&c.settings)
	}
	return c
}

func (c *client) ask(shards []string) {
	var group sync.WaitGroup
	for _, shard := range shards {
		group.Add(1)
		go func() {
			defer group.Done()
			c.tell(shard, min(len(shard), c.settings.limit))
		}()
	}
	group.Wait()
}

func (c *client) tell(shard string, rows int) {
	for _, told := range c.settings.observers {
		told(shard, rows)
	}
}

type totals struct {
	mu   sync.Mutex
	rows map[string]int
}

func (t *totals) add(shard string, rows int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[shard] += rows
}

func count(shards []string) map[string]int {
	t := &totals{rows: map[string]int{}}
	dial(limited(100), observed(t.add)).ask(shards)
	return t.rows
}
