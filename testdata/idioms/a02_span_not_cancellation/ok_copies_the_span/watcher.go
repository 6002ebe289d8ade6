// Package ok_copies_the_span wants the trace of its caller's context, but not its end: the object lives on.
package ok_copies_the_span

import (
	"context"
	"sync"
	"time"
)

type span struct{ name string }

type spanKey struct{}

func fromContext(ctx context.Context) (*span, bool) {
	s, found := ctx.Value(spanKey{}).(*span)
	return s, found
}

func copySpan(parent, from context.Context) context.Context {
	if s, found := fromContext(from); found {
		return context.WithValue(parent, spanKey{}, s)
	}
	return parent
}

type source interface {
	tablets(ctx context.Context, cell string) ([]string, error)
}

type remote struct{ answers chan []string }

func (r *remote) tablets(ctx context.Context, _ string) ([]string, error) {
	select {
	case names := <-r.answers:
		return names, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type watcher struct {
	source source
	cell   string
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu    sync.Mutex
	known []string
}

func newWatcher(ctx context.Context, s source, cell string) *watcher {
	w := &watcher{source: s, cell: cell}
	w.ctx, w.cancel = context.WithCancel(copySpan(context.Background(), ctx))
	return w
}

func (w *watcher) start() {
	w.wg.Add(1)
	go func() {
		defer w.wg.Done()
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for {
			w.load()
			select {
			case <-w.ctx.Done():
				return
			case <-ticker.C:
			}
		}
	}()
}

func (w *watcher) load() {
	names, err := w.source.tablets(w.ctx, w.cell)
	if err != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.known = names
}

func (w *watcher) stop() {
	w.cancel()
	w.wg.Wait()
}

func describe(ctx context.Context, s source, cell string) ([]string, error) {
	detached, cancel := context.WithTimeout(copySpan(context.Background(), ctx), time.Second)
	defer cancel()
	return s.tablets(detached, cell)
}

func run(ctx context.Context) ([]string, error) {
	s := &remote{answers: make(chan []string)}
	w := newWatcher(ctx, s, "zone1")
	w.start()
	defer w.stop()
	return describe(ctx, s, "zone1")
}
