// Package deferred_undoing defers to take back what it has made, under the context that its caller may end meanwhile.
package deferred_undoing

import (
	"context"
	"errors"
)

type Volumes interface {
	Create(ctx context.Context, name string) (string, error)
	Copy(ctx context.Context, from, to string) error
	Delete(ctx context.Context, id string) error
}

func snapshot(ctx context.Context, volumes Volumes, name string) error {
	id, err := volumes.Create(ctx, name)
	if err != nil {
		return err
	}
	defer volumes.Delete(ctx, id) // want "volumes.Delete is deferred under the context that its function was given"
	return volumes.Copy(ctx, id, name) // step "the end of the context may cut this short"
}

func clone(ctx context.Context, volumes Volumes, name string) (id string, err error) {
	id, err = volumes.Create(ctx, name)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, volumes.Delete(ctx, id)) // want "volumes.Delete is deferred under the context"
		}
	}()
	return id, volumes.Copy(ctx, name, id)
}

// told says so when it cannot take back, and always takes back.
func told(ctx context.Context, volumes Volumes, name string, tell func(error)) error {
	id, err := volumes.Create(ctx, name)
	if err != nil {
		return err
	}
	defer func() {
		if err := volumes.Delete(ctx, id); err != nil { // want "volumes.Delete is deferred under the context"
			tell(err)
		}
	}()
	return volumes.Copy(ctx, id, name)
}

// detached takes back under a context of its own.
func detached(ctx context.Context, volumes Volumes, name string) error {
	id, err := volumes.Create(ctx, name)
	if err != nil {
		return err
	}
	defer volumes.Delete(context.WithoutCancel(ctx), id)
	return volumes.Copy(ctx, id, name)
}

// last does nothing more that the end of the context could cut short.
func last(ctx context.Context, volumes Volumes, name string, use func(string) error) error {
	id, err := volumes.Create(ctx, name)
	if err != nil {
		return err
	}
	defer volumes.Delete(ctx, id)
	return use(id)
}

// other deletes what was there before.
func other(ctx context.Context, volumes Volumes, old Volumes, name string) error {
	defer old.Delete(ctx, name)
	return volumes.Copy(ctx, name, "b")
}
