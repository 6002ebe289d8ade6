// Package goroutine_reads_on leaves a subscription to a goroutine, and ends its context.
package goroutine_reads_on

import (
	"context"
	"database/sql"
	"time"
)

type subscription struct {
	ctx    context.Context
	quotes chan float64
}

func (s *subscription) next() (float64, error) {
	select {
	case quote := <-s.quotes:
		return quote, nil
	case <-s.ctx.Done():
		return 0, s.ctx.Err()
	}
}

func (s *subscription) copyTo(out chan<- float64) {
	defer close(out)
	for {
		quote, err := s.next()
		if err != nil {
			return
		}
		out <- quote
	}
}

func (s *subscription) Close() {}

type exchange interface {
	subscribe(ctx context.Context, symbol string) (*subscription, error)
}

type floor struct{ quotes chan float64 }

func (f *floor) subscribe(ctx context.Context, symbol string) (*subscription, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &subscription{ctx: ctx, quotes: f.quotes}, nil
}

func open(quotes chan float64) exchange { return &floor{quotes} }

func relay(s *subscription, out chan<- float64) { s.copyTo(out) }

func handed(ctx context.Context, on exchange) (<-chan float64, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	s, err := on.subscribe(ctx, "GO") // want "what on.subscribe returns keeps a context that ends with this function"
	if err != nil {
		return nil, err
	}
	out := make(chan float64)
	go relay(s, out)
	return out, nil
}

func method(ctx context.Context, on *floor) (<-chan float64, error) {
	first, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	s, err := on.subscribe(first, "GO") // want "what on.subscribe returns keeps a context"
	if err != nil {
		return nil, err
	}
	out := make(chan float64)
	go s.copyTo(out)
	return out, nil
}

func literal(ctx context.Context, on *floor) <-chan float64 {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make(chan float64)
	if s, err := on.subscribe(ctx, "GO"); err == nil { // want "what on.subscribe returns keeps a context"
		go func() {
			defer s.Close()
			s.copyTo(out)
		}()
	}
	return out
}

type relayed struct {
	from *subscription
	out  chan float64
}

func (r *relayed) run() { r.from.copyTo(r.out) }

func wrapped(ctx context.Context, on *floor, out chan float64) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	s, err := on.subscribe(ctx, "GO") // want "what on.subscribe returns keeps a context"
	if err != nil {
		return err
	}
	r := &relayed{from: s, out: out}
	go r.run()
	return nil
}

func query(ctx context.Context, db *sql.DB, names chan<- string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	rows, err := db.QueryContext(ctx, "select name from t") // want "what db.QueryContext returns is let out"
	if err != nil {
		return err
	}
	go func() {
		defer close(names)
		for rows.Next() {
			var name string
			if rows.Scan(&name) != nil {
				return
			}
			names <- name
		}
	}()
	return nil
}

func okOwn(ctx context.Context, on *floor) (<-chan float64, error) {
	s, err := on.subscribe(ctx, "GO")
	if err != nil {
		return nil, err
	}
	out := make(chan float64)
	go s.copyTo(out)
	return out, nil
}

func okWaited(ctx context.Context, on *floor) (sum float64) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	out := make(chan float64)
	if s, err := on.subscribe(ctx, "GO"); err == nil {
		go s.copyTo(out)
		for quote := range out {
			sum += quote
		}
	}
	return sum
}

// okMeanwhile is done with the subscription when the work is.
func okMeanwhile(ctx context.Context, on *floor, out chan float64, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s, err := on.subscribe(ctx, "GO")
	if err != nil {
		return err
	}
	go s.copyTo(out)
	return work(ctx)
}

func okClosed(ctx context.Context, on *floor) (float64, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	s, err := on.subscribe(ctx, "GO")
	if err != nil {
		return 0, err
	}
	quote, err := s.next()
	go s.Close()
	return quote, err
}

// okHandedOver leaves the end of the context to the goroutine.
func okHandedOver(ctx context.Context, on *floor, out chan float64) error {
	ctx, cancel := context.WithCancel(ctx)
	s, err := on.subscribe(ctx, "GO")
	if err != nil {
		cancel()
		return err
	}
	go func() {
		defer cancel()
		s.copyTo(out)
	}()
	return nil
}
