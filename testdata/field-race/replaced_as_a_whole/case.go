// Package replaced_as_a_whole overwrites an object that others read by its pointer, and copies one that others write.
package replaced_as_a_whole

import "encoding/json"

type limits struct {
	rows, bytes int
}

type server struct{ limits *limits }

func (s *server) reload(next limits) {
	*s.limits = next // want "field s.limits.(rows|bytes) is written while another goroutine may read it"
}

func (s *server) allows(rows, bytes int) bool {
	return rows <= s.limits.rows && bytes <= s.limits.bytes
}

func serve(next limits) bool {
	s := &server{limits: &limits{}}
	done := make(chan bool)
	go func() {
		s.reload(next)
		done <- true
	}()
	allowed := s.allows(1, 1)
	<-done
	return allowed
}

type counters struct{ hits int }

func count(times int) counters {
	total := &counters{}
	done := make(chan bool)
	go func() {
		for range times {
			total.hits++ // want "field total.hits is written while another goroutine may read it"
		}
		done <- true
	}()
	snapshot := *total
	<-done
	return snapshot
}

type status struct {
	last counters
}

func (s *status) snapshot() counters {
	return s.last
}

func watch(times int) counters {
	s := &status{}
	done := make(chan bool)
	go func() {
		for range times {
			s.last.hits++ // want "field s.last.hits is written while another goroutine may read it"
		}
		done <- true
	}()
	found := s.snapshot()
	<-done
	return found
}

type Options struct{ Verbose bool }

var options = &Options{}

func loadOptions(text []byte) error {
	return json.Unmarshal(text, options) // want "field options.Verbose is written while another goroutine may read it"
}

func isVerbose(text []byte) (bool, error) {
	done := make(chan error)
	go func() { done <- loadOptions(text) }()
	verbose := options.Verbose
	return verbose, <-done
}
