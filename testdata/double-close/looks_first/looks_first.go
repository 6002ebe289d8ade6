package looks_first

import (
	"io"
	"sync"
)

// tunnel is taken down by whichever of its two copies ends first, and by its owner.
type tunnel struct {
	near, far io.ReadWriteCloser
	down      chan struct{}
}

func (t *tunnel) copy(to io.Writer, from io.Reader) {
	defer t.takeDown()
	io.Copy(to, from)
}

func (t *tunnel) takeDown() {
	select {
	case <-t.down:
		return
	default:
	}
	close(t.down) // want "t.down may be closed twice: two goroutines that look at once both find it open"
	t.near.Close()
	t.far.Close()
}

func badBothCopies(near, far io.ReadWriteCloser) {
	t := &tunnel{near: near, far: far, down: make(chan struct{})}
	go t.copy(near, far)
	go t.copy(far, near)
	<-t.down
}

// feed asks a method of its own.
type feed struct {
	in   io.Reader
	over chan struct{}
}

func (f *feed) isOver() bool {
	select {
	case <-f.over:
		return true
	default:
		return false
	}
}

func (f *feed) end() {
	if !f.isOver() {
		close(f.over) // want "f.over may be closed twice"
	}
}

func (f *feed) read() {
	buffer := make([]byte, 512)
	for {
		if _, err := f.in.Read(buffer); err != nil {
			f.end()
			return
		}
	}
}

func open(in io.Reader) *feed {
	f := &feed{in: in, over: make(chan struct{})}
	go f.read()
	return f
}

func badOwnerToo(in io.Reader, work func()) {
	f := open(in)
	defer f.end()
	work()
}

func isClosed[T any](channel <-chan T) bool {
	select {
	case _, open := <-channel:
		return !open
	default:
		return false
	}
}

// The first worker that finds something tells the others.
func badWorkers(work []func() bool) {
	var group sync.WaitGroup
	found := make(chan struct{})
	for _, one := range work {
		group.Add(1)
		go func() {
			defer group.Done()
			if !one() {
				return
			}
			switch {
			case isClosed(found):
			default:
				close(found) // want "found may be closed twice"
			}
		}()
	}
	group.Wait()
}

// peer is ended by its own goroutine, and by whoever finds it in the directory.
type peer struct {
	in   io.Reader
	gone chan struct{}
}

func (p *peer) leave() {
	select {
	case <-p.gone:
	default:
		close(p.gone) // want "p.gone may be closed twice: a goroutine that directory.add starts and whoever calls peer.leave"
	}
}

func (p *peer) listen() {
	defer p.leave()
	io.Copy(io.Discard, p.in)
}

type directory struct {
	mu    sync.Mutex
	peers map[string]*peer
}

func (d *directory) add(name string, in io.Reader) *peer {
	p := &peer{in: in, gone: make(chan struct{})}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.peers[name] = p
	go p.listen()
	return p
}

func (d *directory) badClear() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for name, p := range d.peers {
		p.leave()
		delete(d.peers, name)
	}
}
