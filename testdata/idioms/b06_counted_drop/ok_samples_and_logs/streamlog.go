// Package ok_samples_and_logs drops samples and log lines that find no room, and counts what it drops.
package ok_samples_and_logs

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

type line struct{ query string }

type logger struct {
	mu        sync.Mutex
	subs      map[chan *line]string
	delivered map[string]int
	dropped   map[string]int
}

func (l *logger) send(message *line) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c, name := range l.subs {
		select {
		case c <- message:
			l.delivered[name]++
		default:
			l.dropped[name]++
		}
	}
}

func (l *logger) subscribe(name string) chan *line {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := make(chan *line, 10)
	l.subs[c] = name
	return c
}

type sample struct {
	path string
	took time.Duration
}

var (
	samples     = make(chan *sample, 100)
	samplesFull atomic.Int64
)

func measured(path string, start time.Time) {
	select {
	case samples <- &sample{path, time.Since(start)}:
	default:
		samplesFull.Add(1)
	}
}

func aggregate(slowest func(*sample)) {
	for s := range samples {
		slowest(s)
	}
}

func serve(mux *http.ServeMux, write func(*line), slowest func(*sample)) {
	l := &logger{subs: map[chan *line]string{}, delivered: map[string]int{}, dropped: map[string]int{}}
	go aggregate(slowest)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		defer measured(r.URL.Path, time.Now())
		l.send(&line{r.URL.RawQuery})
	})
	for message := range l.subscribe("file") {
		write(message)
	}
}
