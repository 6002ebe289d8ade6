// Package ok_signals handles signals as long as the process runs.
package ok_signals

import (
	"os"
	"os/signal"
	"syscall"
)

type server struct{ reload func() }

func (s *server) Init() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGHUP)
	go func() {
		for {
			<-signals
			s.reload()
		}
	}()
}

func (s *server) Close() {}
