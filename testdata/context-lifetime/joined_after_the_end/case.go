// Package joined_after_the_end counts its goroutines in a group of the object, which is waited for only when the
// context of the one who started them has ended.
package joined_after_the_end

import (
	"context"
	"database/sql"
	"io"
	"sync"
)

type sink interface {
	add(ctx context.Context, name string) io.WriteCloser
	finish()
}

type remote struct {
	db      *sql.DB
	uploads sync.WaitGroup
}

func (r *remote) add(ctx context.Context, name string) io.WriteCloser {
	reader, writer := io.Pipe()
	r.uploads.Add(1)
	go func() {
		defer r.uploads.Done()
		_, err := r.db.ExecContext(ctx, name, reader) // want "nobody waits for this goroutine, and its context ends when copyFile returns"
		reader.CloseWithError(err)
	}()
	return writer
}

func (r *remote) finish() { r.uploads.Wait() }

func copyFile(ctx context.Context, to sink, from io.Reader, name string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	file := to.add(ctx, name)
	defer file.Close()
	_, err := io.Copy(file, from)
	return err
}

func copyFiles(ctx context.Context, db *sql.DB, from map[string]io.Reader) {
	to := sink(&remote{db: db})
	for name, file := range from {
		_ = copyFile(ctx, to, file, name)
	}
	to.finish()
}

type registry struct {
	db   *sql.DB
	work sync.WaitGroup
}

func (r *registry) log(ctx context.Context, query string) {
	r.work.Add(1)
	go r.write(ctx, query) // want "nobody waits for this goroutine, and its context ends when registry.serve returns"
}

func (r *registry) write(ctx context.Context, query string) {
	defer r.work.Done()
	_, _ = r.db.ExecContext(ctx, query)
}

func (r *registry) serve(query string) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r.log(ctx, query)
	return r.db.PingContext(ctx)
}

func (r *registry) listen(queries <-chan string) {
	for query := range queries {
		_ = r.serve(query)
	}
	r.work.Wait()
}
