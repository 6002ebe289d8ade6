// Package says_nothing does not heed the context in one step, and nothing says that this is meant.
package says_nothing

import "context"

type mysqld struct{ answers chan error }

func (m *mysqld) stop(ctx context.Context) error {
	select {
	case err := <-m.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (m *mysqld) setPosition(ctx context.Context, _ string) error { return m.stop(ctx) }

type manager struct{ daemon *mysqld }

func (m *manager) startReplication(ctx context.Context, position string) error {
	if err := m.daemon.stop(ctx); err != nil {
		return err
	}
	// Where to go on from.
	return m.daemon.setPosition(context.Background(), position) // want "m.daemon.setPosition waits under a fresh context: the end of ctx"
}
