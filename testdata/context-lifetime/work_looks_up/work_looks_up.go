// Package work_looks_up has work that looks between its steps whether its context is over: on a goroutine that is left
// behind it does not come far.
package work_looks_up

import (
	"context"
	"io"
	"log"
	"sync"
	"time"
)

type uploader struct {
	to io.Writer
	wg sync.WaitGroup
}

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

func (u *uploader) push(parent context.Context, files [][][]byte) {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel() // step "this context ends when uploader.push returns"
	for _, parts := range files {
		u.wg.Add(1)
		go func() { // step "a goroutine is started"
			defer u.wg.Done()
			if err := u.put(ctx, parts); err != nil { // want "nobody waits for this goroutine, and its context ends"
				log.Print(err)
			}
		}()
	}
}

func (u *uploader) wait() { u.wg.Wait() }
