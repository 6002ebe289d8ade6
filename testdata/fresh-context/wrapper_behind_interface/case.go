// Package wrapper_behind_interface calls the methods of interfaces that leave the context out, though they have others.
package wrapper_behind_interface

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
	"sync"
	"time"
)

type counting interface {
	Count(table string) (int, error)
	CountContext(ctx context.Context, table string) (int, error)
}

type tables[K any] interface {
	counting
	Touch(key K) error
	TouchWithContext(ctx context.Context, key K) error
	Drop(key K) error
}

type database struct{ db *sql.DB }

// Count does not call the other method, but does the same.
func (d *database) Count(table string) (int, error) {
	var n int
	if err := d.row(context.Background(), table).Scan(&n); err != nil {
		return 0, fmt.Errorf("count %s: %w", table, err)
	}
	return n, nil
}

func (d *database) CountContext(ctx context.Context, table string) (int, error) {
	var n int
	if err := d.row(ctx, table).Scan(&n); err != nil {
		return 0, fmt.Errorf("count %s: %w", table, err)
	}
	return n, nil
}

func (d *database) row(ctx context.Context, table string) *sql.Row {
	return d.db.QueryRowContext(ctx, "select count(*) from "+table)
}

// Touch has a limit of its own.
func (d *database) Touch(key string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return d.TouchWithContext(ctx, key)
}

func (d *database) TouchWithContext(ctx context.Context, key string) error {
	_, err := d.db.ExecContext(ctx, "update t set at = now() where k = ?", key)
	return err
}

// Drop is all that the interface has for this.
func (d *database) Drop(key string) error { return d.drop(context.Background(), key) }

func (d *database) drop(ctx context.Context, key string) error {
	_, err := d.db.ExecContext(ctx, "delete from t where k = ?", key)
	return err
}

// memory waits for nothing.
type memory struct {
	mu    sync.Mutex
	known map[string]int
}

func (m *memory) Count(table string) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.known[table], nil
}

func (m *memory) CountContext(_ context.Context, table string) (int, error) { return m.Count(table) }

type reports struct {
	from tables[string]
	all  counting
}

func (r *reports) one(ctx context.Context, table string) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return r.all.Count(table) // want "r.all.Count waits under a fresh context: the end of ctx is not heard of"
}

func (r *reports) other(ctx context.Context, table string) (int, error) { return r.all.CountContext(ctx, table) }

func (r *reports) touch(ctx context.Context, keys []string) error {
	for _, key := range keys {
		if err := r.from.Touch(key); err != nil { // want "r.from.Touch waits under a fresh context: the end of ctx"
			return err
		}
	}
	return r.from.TouchWithContext(ctx, "done")
}

// again drops what the interface offers no other way to drop, and puts back what it may.
func (r *reports) again(ctx context.Context, key string) error {
	if err := r.from.Drop(key); err != nil {
		return errors.Join(err, r.from.Touch(key))
	}
	defer r.from.Touch(key)
	return r.from.TouchWithContext(ctx, key)
}

// begin has been told that its context is of no use.
func (r *reports) begin(_ context.Context) error { return r.from.Touch("begun") }

// print has none.
func (r *reports) print() {
	n, err := r.all.Count("t")
	log.Print(n, err)
}

func main() {
	d := &database{}
	r := &reports{from: d, all: &memory{}}
	if len(r.all.(*memory).known) == 0 {
		r.all = d
	}
	r.print()
	_ = errors.Join(r.begin(context.Background()), r.again(context.Background(), "k"), r.touch(context.Background(), nil))
	_, _ = r.one(context.Background(), "t")
	_, _ = r.other(context.Background(), "t")
}
