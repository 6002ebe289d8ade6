// Package goroutine_below_a_literal copies files in goroutines that are waited for, below which others go on.
package goroutine_below_a_literal

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

type archive struct {
	db      *sql.DB
	pending sync.WaitGroup
	free    pool
}

type target interface {
	add(ctx context.Context, name string)
}

// add returns at once; finish waits for what it has begun.
func (a *archive) add(ctx context.Context, name string) {
	a.pending.Add(1)
	go func() {
		defer a.pending.Done()
		_, _ = a.db.ExecContext(ctx, "call add(?)", name) // want "its context ends when copyAll returns"
	}()
}

func (a *archive) finish() { a.pending.Wait() }

func copyAll(ctx context.Context, to target, names []string) {
	limited, cancel := context.WithCancel(ctx)
	defer cancel() // step "this context ends when copyAll returns"
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			to.add(limited, name) // step "which hands it down"
		}()
	}
	wg.Wait()
}

func backUp(ctx context.Context, db *sql.DB, names []string) {
	for range names {
		to := &archive{db: db}
		copyAll(ctx, to, names)
		to.finish()
	}
}

// finished waits for what is below its literals before it ends their context.
func finished(ctx context.Context, a *archive, names []string) {
	limited, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			a.remove(limited, name)
		}()
	}
	wg.Wait()
	a.finish()
}

func (a *archive) remove(ctx context.Context, name string) {
	a.pending.Add(1)
	go func() {
		defer a.pending.Done()
		_, _ = a.db.ExecContext(ctx, "call remove(?)", name)
	}()
}

type pool interface {
	Get() *sql.DB
	Put(*sql.DB)
	Close()
}

// check takes a connection and gives it back: who closes the pool waits for that.
func (a *archive) check(ctx context.Context, name string) {
	db := a.free.Get()
	go func() {
		_, _ = db.ExecContext(ctx, "call check(?)", name)
		a.free.Put(db)
	}()
}

func checkAll(ctx context.Context, a *archive, names []string) {
	limited, cancel := context.WithCancel(ctx)
	defer cancel()
	each(names, func(name string) { a.check(limited, name) })
	a.free.Close()
}

func each(names []string, do func(string)) {
	for _, name := range names {
		do(name)
	}
}

// own is the goroutine's: it ends with that.
func own(db *sql.DB, name string) {
	go func() {
		limited, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		_, _ = db.ExecContext(limited, "call touch(?)", name)
	}()
}

func serve(ctx context.Context, db *sql.DB, names []string) {
	a := &archive{db: db}
	for range names {
		backUp(ctx, db, names)
		finished(ctx, a, names)
		checkAll(ctx, a, names)
		own(db, "")
	}
}
