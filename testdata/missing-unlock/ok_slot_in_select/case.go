// Package ok_slot_in_select gives slots back whatever happens, and waits for tokens that are no slots.
package ok_slot_in_select

import "context"

var uploads = make(chan struct{}, 4)

func upload(ctx context.Context, send func(context.Context) error) error {
	select {
	case uploads <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-uploads }()
	return send(ctx)
}

func tryUpload(ctx context.Context, send func(context.Context) error) error {
	taken := false
	select {
	case uploads <- struct{}{}:
		taken = true
	default:
	}
	defer func() {
		if !taken {
			return
		}
		select {
		case <-uploads:
		default:
		}
	}()
	return send(ctx)
}

type bell struct {
	rung chan struct{}
	ring func()
}

func (b *bell) push(ctx context.Context) {
	b.rung <- struct{}{}
	defer func() {
		select {
		case <-b.rung: // nobody has heard it
		case <-ctx.Done():
		}
	}()
	b.ring()
}

func (b *bell) listen(ctx context.Context) {
	for {
		select {
		case <-b.rung:
			b.ring()
		case <-ctx.Done():
			return
		}
	}
}

type feed struct {
	wake chan struct{}
	gone chan struct{}
	work func()
}

func (f *feed) run(ctx context.Context) {
	defer f.last(ctx)
	for {
		select {
		case <-f.wake:
			f.work()
		case <-ctx.Done():
			return
		}
	}
}

func (f *feed) notify() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

func (f *feed) last(ctx context.Context) {
	select {
	case <-f.wake:
		f.work()
	case <-ctx.Done():
	}
}
