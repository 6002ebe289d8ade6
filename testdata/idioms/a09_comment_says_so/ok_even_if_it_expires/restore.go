// Package ok_even_if_it_expires says in a comment why the next steps do not heed the context.
package ok_even_if_it_expires

import "context"

type daemon interface {
	stop(ctx context.Context) error
	reset(ctx context.Context) error
	setPosition(ctx context.Context, position string) error
	start(ctx context.Context) error
}

type mysqld struct{ answers chan error }

func (m *mysqld) stop(ctx context.Context) error {
	select {
	case err := <-m.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (m *mysqld) reset(ctx context.Context) error                 { return m.stop(ctx) }
func (m *mysqld) setPosition(ctx context.Context, _ string) error { return m.stop(ctx) }
func (m *mysqld) start(ctx context.Context) error                 { return m.stop(ctx) }

type manager struct{ daemon daemon }

func (m *manager) startReplication(ctx context.Context, position string) error {
	// The first three steps, stopping replication and setting its position,
	// we want to do even if the context expires, so they have a background context.
	if err := m.daemon.stop(context.Background()); err != nil {
		return err
	}
	if err := m.daemon.reset(context.Background()); err != nil {
		return err
	}

	// Where to go on from.
	if err := m.daemon.setPosition(context.Background(), position); err != nil {
		return err
	}

	return m.daemon.start(ctx)
}

func run(ctx context.Context) error {
	return (&manager{&mysqld{answers: make(chan error)}}).startReplication(ctx, "1-100")
}
