// Package close_on_good_path stops the progress report of a copy only when the copy succeeds.
package close_on_good_path

import (
	"io"
	"time"
)

type meter struct {
	in   io.Reader
	read int64
	done chan struct{}
}

func newMeter(in io.Reader) *meter { return &meter{in: in, done: make(chan struct{})} }

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.in.Read(p)
	m.read += int64(n)
	return n, err
}

func (m *meter) Close() { close(m.done) }

func (m *meter) report(show func(int64)) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-m.done:
			return
		case <-tick.C:
			show(m.read)
		}
	}
}

func backup(in io.Reader, out io.Writer, show func(int64)) error {
	m := newMeter(in)
	go m.report(show) // want "ends when m is closed, which is left out on some way out"
	if _, err := io.Copy(out, m); err != nil {
		return err // step "returns while it runs"
	}
	m.Close()
	return nil
}
