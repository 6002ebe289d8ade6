// Package ok_room_for_a_signal gives the runtime a channel with room for a signal, waits for one, and stops the server.
package ok_room_for_a_signal

import (
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

var exit chan os.Signal

type hooks struct {
	mu    sync.Mutex
	funcs []func()
}

func (h *hooks) add(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.funcs = append(h.funcs, f)
}

func (h *hooks) fire() {
	h.mu.Lock()
	defer h.mu.Unlock()
	var wg sync.WaitGroup
	for _, f := range h.funcs {
		wg.Add(1)
		go func() {
			f()
			wg.Done()
		}()
	}
	wg.Wait()
}

func run(address string, h *hooks) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	go func() {
		if err := http.Serve(listener, nil); err != nil {
			log.Print(err)
		}
	}()
	exit = make(chan os.Signal, 1)
	signal.Notify(exit, syscall.SIGTERM, os.Interrupt)
	<-exit
	go h.fire()
	return listener.Close()
}
