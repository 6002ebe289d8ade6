// Package done_handed_back counts a request on the goroutine that serves it, and hands back what counts it down.
package done_handed_back

import "sync"

type listener struct {
	requests sync.WaitGroup
	served   int
}

func (l *listener) begin() (end func()) {
	l.requests.Add(1) // want "l.requests.Add runs on the goroutine that it counts"
	return func() {
		l.served++
		l.requests.Done()
	}
}

func (l *listener) accept(names <-chan string) {
	for name := range names {
		go l.serve(name) // step "a goroutine is started"
	}
}

func (l *listener) serve(name string) {
	end := l.begin()
	defer end()
	println(name)
}

func (l *listener) stop() { l.requests.Wait() } // step "may have passed by then"

type mailer struct{ letters sync.WaitGroup }

func (m *mailer) track() func() {
	m.letters.Add(1) // want "m.letters.Add runs on the goroutine that it counts"
	return m.letters.Done
}

func (m *mailer) send(text string) {
	go func() {
		defer m.track()()
		println(text)
	}()
}

func (m *mailer) flush() { m.letters.Wait() }

type ticket struct{ of *office }

func (t ticket) release() { t.of.open.Done() }

type office struct{ open sync.WaitGroup }

func (o *office) enter() ticket {
	o.open.Add(1) // want "o.open.Add runs on the goroutine that it counts"
	return ticket{o}
}

func (o *office) visit() {
	go func() {
		t := o.enter()
		defer t.release()
	}()
}

func (o *office) close() { o.open.Wait() }

// pool counts in front of the start, and what is counted may count others.
type pool struct {
	mu      sync.Mutex
	stopped bool
	jobs    sync.WaitGroup
}

func (p *pool) count() func() {
	p.jobs.Add(1)
	return func() { p.jobs.Done() }
}

func (p *pool) done() { p.jobs.Done() }

func (p *pool) submit(job func()) {
	done := p.count()
	go func() {
		defer done()
		job()
	}()
}

func (p *pool) walk(depth int) {
	p.jobs.Add(1)
	go p.step(depth)
}

func (p *pool) step(depth int) {
	defer p.done()
	p.jobs.Add(1)
	go p.step(depth - 1)
}

// tryCount counts nothing once the pool is stopped: the test is made under the lock that stop takes.
func (p *pool) tryCount() (func(), bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return nil, false
	}
	p.jobs.Add(1)
	return p.jobs.Done, true
}

func (p *pool) later(job func()) {
	go func() {
		done, ok := p.tryCount()
		if !ok {
			return
		}
		defer done()
		job()
	}()
}

func (p *pool) stop() {
	p.mu.Lock()
	p.stopped = true
	p.mu.Unlock()
	p.jobs.Wait()
}
