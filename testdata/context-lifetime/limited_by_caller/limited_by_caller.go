// Package limited_by_caller undoes a failed step under the limit that made it fail, which a caller has set.
package limited_by_caller

import (
	"context"
	"errors"
	"time"
)

type volume struct {
	attached bool
	ready    chan struct{}
}

func (v *volume) attach(ctx context.Context) error {
	select {
	case <-v.ready:
		v.attached = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (v *volume) drop(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	v.attached = false
	return nil
}

func (v *volume) revert(ctx context.Context) error {
	return v.drop(ctx)
}

func (v *volume) revertLater(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return v.drop(ctx)
}

func (v *volume) revertQuietly(context.Context) { v.attached = false }

func use(ctx context.Context, v *volume, work func(*volume) error) (err error) {
	if err := v.attach(ctx); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, v.revert(ctx)) // want "v.revert releases under a context with a time limit: once that is over nothing is released"
		}
	}()
	return work(v)
}

func useLonger(ctx context.Context, v *volume, work func(*volume) error) (err error) {
	if err := v.attach(ctx); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, v.revertLater(ctx))
			v.revertQuietly(ctx)
		}
	}()
	return work(v)
}

func useForEver(ctx context.Context, v *volume, work func(*volume) error) (err error) {
	if err := v.attach(ctx); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, v.revert(ctx))
		}
	}()
	return work(v)
}

type note struct{ text string }

func (n *note) drop(context.Context) error { return nil }

func (n *note) revert(ctx context.Context) error { return n.drop(ctx) }

// settled hands the failure, if there was one, to what undoes.
func settled(ctx context.Context, v *volume, check func(error) error) error {
	err := v.attach(ctx)
	if undone := v.revert(ctx); undone != nil { // want "v.revert releases under a context with a time limit"
		return errors.Join(err, undone)
	}
	return check(err)
}

func afterFailure(ctx context.Context, v *volume) error {
	if err := v.attach(ctx); err != nil {
		return errors.Join(err, v.revert(ctx)) // want "v.revert releases under a context with a time limit"
	}
	return nil
}

func afterSuccess(ctx context.Context, v *volume) error {
	if err := v.attach(ctx); err != nil {
		return err
	}
	return v.revert(ctx)
}

func withItsOwn(ctx context.Context, v *volume) error {
	err := v.attach(ctx)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return errors.Join(err, v.revert(ctx))
}

func ofNothingElse(ctx context.Context, v *volume, n *note) error {
	err := v.attach(ctx)
	return errors.Join(err, n.revert(ctx))
}

func all(v *volume, n *note, check func(error) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return errors.Join(settled(ctx, v, check), afterFailure(ctx, v), afterSuccess(ctx, v), withItsOwn(ctx, v),
		ofNothingElse(ctx, v, n))
}

func run(ctx context.Context, v *volume, work func(*volume) error) error {
	limited, cancel := context.WithTimeout(ctx, time.Minute) // step "time may end this context before"
	defer cancel()
	if err := use(limited, v, work); err != nil { // step "which hands it down"
		return err
	}
	return useLonger(limited, v, work)
}

func runOn(v *volume, work func(*volume) error) error {
	return useForEver(context.Background(), v, work)
}
