package half_open

import "sync/atomic"

type service struct {
	state int32
	ready atomic.Bool
	conns pool
	feed  pool
}

func (s *service) Open(load func() error) error {
	if atomic.LoadInt32(&s.state) > 0 {
		return nil
	}
	s.conns.Open(2)
	if err := load(); err != nil {
		return err // want "s.conns stays open where service.Open fails: service.Close passes it over without state"
	}
	atomic.StoreInt32(&s.state, 1)
	return nil
}

func (s *service) Close() {
	if atomic.LoadInt32(&s.state) == 0 {
		return
	}
	s.conns.Close()
	atomic.StoreInt32(&s.state, 0)
}

func (s *service) Feed(load func() error) error {
	s.feed.Open(1)
	if err := load(); err != nil {
		return err // want "s.feed stays open where service.Feed fails: service.Unfeed passes it over without ready"
	}
	s.ready.Store(true)
	return nil
}

func (s *service) Unfeed() {
	if s.ready.Load() {
		s.feed.Close()
		s.ready.Store(false)
	}
}
