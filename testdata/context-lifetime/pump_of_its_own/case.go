// Package pump_of_its_own starts goroutines for what it lets out under a context that ends with the function.
package pump_of_its_own

import (
	"context"
	"sync"
	"time"
)

type source interface {
	next(ctx context.Context) (string, error)
}

type lines struct {
	first string
	rest  <-chan string
}

// badOpen means to limit the first line only.
func badOpen(ctx context.Context, from source) (*lines, error) {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	first, err := from.next(limited)
	if err != nil {
		return nil, err
	}
	rest := make(chan string)
	go pump(context.WithValue(limited, from, first), from, rest) // want "this goroutine serves what is let out, but ends with the context of this function"
	return &lines{first, rest}, nil
}

func okOpen(ctx context.Context, from source) (*lines, error) {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	first, err := from.next(limited)
	if err != nil {
		return nil, err
	}
	rest := make(chan string)
	go pump(ctx, from, rest)
	return &lines{first, rest}, nil
}

func pump(ctx context.Context, from source, to chan<- string) {
	defer close(to)
	for {
		line, err := from.next(ctx)
		if err != nil {
			return
		}
		select {
		case to <- line:
		case <-ctx.Done():
			return
		}
	}
}

type gauge struct {
	mu   sync.Mutex
	last string
}

func (g *gauge) follow(ctx context.Context, from source) {
	for ctx.Err() == nil {
		line, err := from.next(ctx)
		if err != nil {
			return
		}
		g.mu.Lock()
		g.last = line
		g.mu.Unlock()
	}
}

func (g *gauge) begin(ctx context.Context, from source, started *sync.WaitGroup) {
	started.Go(func() { g.follow(ctx, from) })
}

type board struct {
	gauge *gauge
	tasks sync.WaitGroup
}

func (b *board) badAttach(from source) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	g := &gauge{}
	b.tasks.Go(func() { // want "this goroutine serves what is let out"
		g.follow(ctx, from)
	})
	b.gauge = g
}

func (b *board) run(ctx context.Context, g *gauge, from source) { g.begin(ctx, from, &b.tasks) }

func (b *board) badAttachBelow(from source) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	g := &gauge{}
	b.run(ctx, g, from) // want "a goroutine that b.run starts serves what is let out"
	b.gauge = g
}

// okMeasure waits for its goroutine.
func okMeasure(ctx context.Context, from source) *gauge {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	g := &gauge{}
	var tasks sync.WaitGroup
	tasks.Go(func() { g.follow(ctx, from) })
	tasks.Wait()
	return g
}

// okReport looks at the gauge while the function works.
func okReport(ctx context.Context, from source, show func(string)) (*gauge, error) {
	reporting, cancel := context.WithCancel(ctx)
	defer cancel()
	g := &gauge{}
	go func() {
		for {
			select {
			case <-time.After(time.Second):
				g.mu.Lock()
				show(g.last)
				g.mu.Unlock()
			case <-reporting.Done():
				return
			}
		}
	}()
	for {
		line, err := from.next(ctx)
		if err != nil || line == "" {
			return g, err
		}
		g.mu.Lock()
		g.last = line
		g.mu.Unlock()
	}
}

// okOnFailure ends the context only when nothing is let out.
func okOnFailure(ctx context.Context, from source) (_ *lines, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	rest := make(chan string)
	go pump(ctx, from, rest)
	first, err := from.next(ctx)
	return &lines{first, rest}, err
}
