// Package skips_the_end reads under a context and skips what cannot be read: its end is taken for one more of that.
package skips_the_end

import (
	"context"
	"errors"
	"io"
	"log"
	"time"
)

var errGarbled = errors.New("garbled")

type line struct{ text string }

type reader interface {
	read(ctx context.Context) (line, error)
}

type tail struct {
	lines   chan line
	dropped int
}

func (t *tail) read(ctx context.Context) (line, error) {
	select {
	case one, ok := <-t.lines:
		if !ok {
			return line{}, io.EOF
		}
		if one.text == "" {
			return line{}, errGarbled
		}
		return one, nil
	case <-ctx.Done():
		return line{}, ctx.Err()
	}
}

func (t *tail) note(err error) {
	t.dropped++
	log.Print("dropped: ", err)
}

func open(lines chan line) reader { return &tail{lines: lines} }

func badSkip(ctx context.Context, from reader, to func(line)) {
	for { // step "the loop begins"
		one, err := from.read(ctx) // want "from.read fails at once when ctx is over, and the loop calls it again: it spins"
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			log.Print("skipped: ", err)
			continue
		}
		to(one)
	}
}

func badCases(ctx context.Context, from *tail, to func(line)) {
	for {
		one, err := from.read(ctx) // want "from.read fails at once when ctx is over"
		switch {
		case err == io.EOF:
			return
		case err != nil:
			from.note(err)
		default:
			to(one)
		}
	}
}

func badElse(from *tail, to func(line), stop <-chan struct{}) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-stop
		cancel()
	}()
	for {
		if one, err := from.read(ctx); err == nil { // want "from.read fails at once when ctx is over"
			to(one)
		} else {
			from.dropped += 1
		}
	}
}

func okLooks(ctx context.Context, from reader, to func(line)) {
	for {
		one, err := from.read(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			log.Print("skipped: ", err)
			continue
		}
		to(one)
	}
}

func okKnown(ctx context.Context, from *tail, to func(line)) error {
	for {
		one, err := from.read(ctx)
		switch {
		case errors.Is(err, errGarbled):
			from.note(err)
		case err != nil:
			return err
		default:
			to(one)
		}
	}
}

// okFed waits for its work elsewhere, and is told of the end there.
func okFed(ctx context.Context, work chan int, from reader, to func(line)) {
	for {
		if _, more := <-work; !more {
			return
		}
		one, err := from.read(ctx)
		if err != nil {
			log.Print(err)
			continue
		}
		to(one)
	}
}

func okPerTry(from reader, to func(line)) {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		one, err := from.read(ctx)
		cancel()
		if err != nil {
			log.Print(err)
			continue
		}
		to(one)
	}
}
