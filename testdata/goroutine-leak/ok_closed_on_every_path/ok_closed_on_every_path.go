// Package ok_closed_on_every_path defers the Close that ends the goroutine.
package ok_closed_on_every_path

import "io"

type meter struct{ done chan struct{} }

func newMeter() *meter { return &meter{done: make(chan struct{})} }

func (m *meter) Close() { close(m.done) }

func (m *meter) run() { <-m.done }

func deferred(out io.Writer, in io.Reader) error {
	m := newMeter()
	defer m.Close()
	go m.run()
	_, err := io.Copy(out, in)
	return err
}

func inLiteral(out io.Writer, in io.Reader) error {
	m := newMeter()
	go m.run()
	defer func() {
		m.Close()
	}()
	_, err := io.Copy(out, in)
	return err
}

func onBoth(out io.Writer, in io.Reader) error {
	m := newMeter()
	go m.run()
	if _, err := io.Copy(out, in); err != nil {
		m.Close()
		return err
	}
	m.Close()
	return nil
}
