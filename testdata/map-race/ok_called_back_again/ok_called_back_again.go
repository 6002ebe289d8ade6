// Package ok_called_back_again has a feed that waits for its listeners, each of which has counts of its own, and one
// whose listeners have a lock.
package ok_called_back_again

import "sync"

type feed struct {
	mu        sync.Mutex
	listeners []func(string)
}

func (f *feed) listen(call func(string)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.listeners = append(f.listeners, call)
}

func (f *feed) publish(news string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var done sync.WaitGroup
	for _, call := range f.listeners {
		done.Add(1)
		go func() {
			defer done.Done()
			call(news)
		}()
	}
	done.Wait()
}

func (f *feed) spread(news string) {
	for _, call := range f.listeners {
		go call(news)
	}
}

type reader struct{ read map[string]int }

func newReader(f *feed) *reader {
	r := &reader{read: map[string]int{}}
	f.listen(r.note)
	return r
}

func (r *reader) note(news string) { r.read[news]++ }

type careful struct {
	mu   sync.Mutex
	read map[string]int
	left sync.WaitGroup
}

func newCareful(f *feed) *careful {
	c := &careful{read: map[string]int{}}
	f.listen(c.note)
	return c
}

func (c *careful) note(news string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read[news]++
	c.left.Done()
}

type press struct {
	waits, hurries feed
	first, second  *reader
	careful        *careful
}

func newPress() *press {
	p := &press{}
	p.first, p.second = newReader(&p.waits), newReader(&p.waits)
	p.careful = newCareful(&p.hurries)
	return p
}

func serve(times int) {
	p := newPress()
	p.careful.left.Add(times)
	for range times {
		p.waits.publish("of the day")
		p.hurries.spread("of the night")
	}
	p.careful.left.Wait()
}
