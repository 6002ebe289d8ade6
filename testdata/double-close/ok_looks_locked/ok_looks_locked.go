package ok_looks_locked

import (
	"io"
	"sync"
)

// guarded looks and closes under its lock.
type guarded struct {
	mu   sync.Mutex
	in   io.Reader
	done chan struct{}
}

func (g *guarded) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-g.done:
	default:
		close(g.done)
	}
}

func (g *guarded) read() {
	defer g.end()
	io.Copy(io.Discard, g.in)
}

func okLocked(in io.Reader, work func()) {
	g := &guarded{in: in, done: make(chan struct{})}
	go g.read()
	defer g.end()
	work()
}

// marked closes for the first error only, which is told under the lock.
type marked struct {
	mu   sync.Mutex
	err  error
	done chan struct{}
}

func (m *marked) end(err error) {
	m.mu.Lock()
	if m.err != nil {
		m.mu.Unlock()
		return
	}
	m.err = err
	m.mu.Unlock()
	select {
	case <-m.done:
	default:
		close(m.done)
	}
}

func okMarked(readers []io.Reader) error {
	m := &marked{done: make(chan struct{})}
	for _, reader := range readers {
		go func() {
			_, err := io.Copy(io.Discard, reader)
			m.end(err)
		}()
	}
	<-m.done
	return m.err
}

// alone is closed by one goroutine only, wherever that stops.
type alone struct {
	conn io.ReadWriter
	done chan struct{}
}

func (a *alone) end() {
	select {
	case <-a.done:
	default:
		close(a.done)
	}
}

func (a *alone) loop() {
	defer a.end()
	for {
		if _, err := io.CopyN(a.conn, a.conn, 1); err != nil {
			a.end()
			return
		}
	}
}

func okAlone(conn io.ReadWriter) <-chan struct{} {
	a := &alone{conn: conn, done: make(chan struct{})}
	go a.loop()
	return a.done
}

func okJoined(conn io.ReadWriter) {
	a := &alone{conn: conn, done: make(chan struct{})}
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		a.loop()
	}()
	group.Wait()
	a.end()
}

// visit and call have one of their own each, which no goroutine of it shares.
type link struct {
	conn io.ReadWriter
	done chan struct{}
}

func (l *link) end() {
	select {
	case <-l.done:
	default:
		close(l.done)
	}
}

func visit(conn io.ReadWriter) {
	l := &link{conn, make(chan struct{})}
	defer l.end()
	if _, err := io.Copy(l.conn, l.conn); err != nil {
		l.end()
	}
}

func okVisits(conns []io.ReadWriter) {
	for _, conn := range conns {
		go visit(conn)
	}
}

func okCall(conn io.ReadWriter) error {
	l := &link{conn, make(chan struct{})}
	defer l.end()
	_, err := l.conn.Write(nil)
	return err
}

// timed is ended by its goroutine only: others ask it to end, and wait for that.
type timed struct {
	ticks chan int
	stop  chan struct{}
	over  chan struct{}
}

func (t *timed) run() {
	defer t.finish()
	for range t.ticks {
		select {
		case <-t.stop:
			t.finish()
			return
		default:
		}
	}
}

func (t *timed) finish() {
	select {
	case <-t.over:
	default:
		close(t.over)
	}
}

func (t *timed) end() {
	t.stop <- struct{}{}
	<-t.over
}

func okTimed(ticks chan int) *timed {
	t := &timed{ticks, make(chan struct{}, 1), make(chan struct{})}
	go t.run()
	return t
}
