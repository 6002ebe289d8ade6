// Package through_an_adapter does its work through functions that were converted to a type with methods, or kept in
// a field: what they wait for is followed.
package through_an_adapter

import (
	"context"
	"database/sql"
)

type row struct{ id int }

type writer interface {
	write(ctx context.Context, r row) error
}

// writerFunc is a function that is a writer.
type writerFunc func(context.Context, row) error

func (f writerFunc) write(ctx context.Context, r row) error { return f(ctx, r) }

type table struct {
	db     *sql.DB
	verify func(context.Context, row) error
}

func (t *table) insert(ctx context.Context, r row) error {
	_, err := t.db.ExecContext(ctx, "insert into t values (?)", r.id)
	return err
}

func (t *table) lookup(ctx context.Context, r row) error {
	return t.db.QueryRowContext(ctx, "select 1 from t where id = ?", r.id).Err()
}

type importer struct {
	to   writer
	from *table
}

func newImporter(db *sql.DB) *importer {
	t := &table{db: db}
	t.verify = t.lookup
	return &importer{to: writerFunc(t.insert), from: t}
}

func (i *importer) store(ctx context.Context, r row) error { return i.to.write(ctx, r) }

func each(ctx context.Context, rows []row, do func(context.Context, row) error) error {
	for _, r := range rows {
		if err := do(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func (i *importer) badCallback(ctx context.Context, rows []row) error {
	return each(ctx, rows, func(_ context.Context, r row) error {
		return i.store(context.Background(), r) // want "i.store waits under a fresh context: the end of ctx is not heard of"
	})
}

func (i *importer) badField(ctx context.Context, r row) error {
	if err := i.store(ctx, r); err != nil {
		return err
	}
	return i.from.verify(context.Background(), r) // want "i.from.verify waits under a fresh context: the end of ctx"
}

func (i *importer) okCallback(ctx context.Context, rows []row) error {
	return each(ctx, rows, func(ctx context.Context, r row) error { return i.store(ctx, r) })
}

type counter struct{ seen int }

// countFunc is an adapter too, but what is converted to it waits for nothing.
type countFunc func(context.Context, row) error

func (f countFunc) write(ctx context.Context, r row) error { return f(ctx, r) }

func (c *counter) okPrompt(ctx context.Context, r row) error {
	count := countFunc(func(context.Context, row) error { c.seen++; return nil })
	return count.write(context.Background(), r)
}

// tableContext is what work of the table itself runs under.
func tableContext() context.Context { return context.Background() }

// doubtfulNamed is told at low confidence: a function is there to make the context.
func (i *importer) doubtfulNamed(ctx context.Context, r row) error {
	if err := i.store(ctx, r); err != nil {
		return err
	}
	return i.store(tableContext(), r) // want "i.store waits under a fresh context: the end of ctx is not heard of"
}
