// Package ok_kept_beside_its_task queues what needs to know who asks for it, with that.
package ok_kept_beside_its_task

import (
	"context"
	"errors"
	"log"
	"net/http"
)

type callerKey struct{}

func withCaller(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, callerKey{}, name)
}

func remove(ctx context.Context, keyspace string) error {
	caller, ok := ctx.Value(callerKey{}).(string)
	if !ok {
		return errors.New("nobody asks")
	}
	log.Print(caller, " removes ", keyspace)
	return nil
}

type task struct {
	ctx context.Context
	run func(context.Context) error
}

type queue struct{ tasks chan task }

func (q *queue) work() {
	for t := range q.tasks {
		if err := t.run(t.ctx); err != nil {
			log.Print(err)
		}
	}
}

func (q *queue) serve(w http.ResponseWriter, r *http.Request) {
	ctx := withCaller(r.Context(), r.Header.Get("Caller"))
	if ctx.Err() != nil {
		return
	}
	name := r.FormValue("keyspace")
	q.tasks <- task{
		ctx: context.WithoutCancel(ctx),
		run: func(ctx context.Context) error { return remove(ctx, name) },
	}
}
