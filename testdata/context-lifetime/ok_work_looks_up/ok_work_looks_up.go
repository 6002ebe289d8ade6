// Package ok_work_looks_up waits for the work that looks at its context, or lets it go with one of its own; a question
// alone may be asked too late.
package ok_work_looks_up

import (
	"context"
	"io"
	"log"
	"sync"
	"time"
)

type uploader struct{ to io.Writer }

func (u *uploader) put(ctx context.Context, parts [][]byte) error {
	for _, part := range parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := u.to.Write(part); err != nil {
			return err
		}
	}
	return nil
}

func over(ctx context.Context) error { return ctx.Err() }

func (u *uploader) push(parent context.Context, files [][][]byte) {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel()
	var wg sync.WaitGroup
	for _, parts := range files {
		wg.Go(func() {
			if err := u.put(ctx, parts); err != nil {
				log.Print(err)
			}
		})
	}
	wg.Wait()
}

func (u *uploader) letGo(parent context.Context, parts [][]byte) {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel()
	go func() {
		if over(ctx) == nil {
			log.Print("in time")
		}
	}()
	go func() {
		own, end := context.WithTimeout(context.WithoutCancel(parent), time.Minute)
		defer end()
		if err := u.put(own, parts); err != nil {
			log.Print(err)
		}
	}()
}
