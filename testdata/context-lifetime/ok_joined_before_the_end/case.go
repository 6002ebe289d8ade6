// Package ok_joined_before_the_end waits for the group of an object before the context ends, or ends the context only
// when it has failed.
package ok_joined_before_the_end

import (
	"context"
	"database/sql"
	"io"
	"sync"
)

type remote struct {
	db      *sql.DB
	uploads sync.WaitGroup
}

func (r *remote) add(ctx context.Context, name string) io.WriteCloser {
	reader, writer := io.Pipe()
	r.uploads.Add(1)
	go func() {
		defer r.uploads.Done()
		_, err := r.db.ExecContext(ctx, name, reader)
		reader.CloseWithError(err)
	}()
	return writer
}

func (r *remote) finish() { r.uploads.Wait() }

func copyFile(ctx context.Context, to *remote, from io.Reader, name string) (failed error) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		if failed != nil {
			cancel()
		}
	}()
	file := to.add(ctx, name)
	defer file.Close()
	_, failed = io.Copy(file, from)
	return failed
}

func copyFiles(db *sql.DB, from map[string]io.Reader) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	to := &remote{db: db}
	for name, file := range from {
		_ = copyFile(ctx, to, file, name)
	}
	to.finish()
}

func serve(db *sql.DB, requests <-chan map[string]io.Reader) {
	for request := range requests {
		go copyFiles(db, request)
	}
}
