// Package registered_out_of_view hands a method to a package that is not in view, which runs it later.
package registered_out_of_view

import (
	"archive/zip"
	"io"
	"log/slog"
	"sync"
)

type station struct {
	setup   sync.Mutex
	mu      sync.Mutex
	sensors map[string]int
}

func (s *station) open(out *zip.Writer) {
	s.setup.Lock()
	defer s.setup.Unlock()
	out.RegisterCompressor(zip.Store, s.reset)
	s.count()
}

func (s *station) count() {
	s.mu.Lock() // step "takes s.mu"
	defer s.mu.Unlock()
	slog.Info("sensors", "count", len(s.sensors))
}

func (s *station) add(name string) {
	s.setup.Lock() // step "takes s.setup"
	defer s.setup.Unlock()
	s.count() // step "calls station.count"
}

func (s *station) reset(io.Writer) (io.WriteCloser, error) {
	s.mu.Lock() // step "takes s.mu"
	defer s.mu.Unlock()
	s.setup.Lock() // want "s.setup is taken while s.mu is held .in station.reset."
	defer s.setup.Unlock()
	clear(s.sensors)
	return nil, io.EOF
}
