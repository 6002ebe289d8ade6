// Package ok_fed_channel receives all there is before the context ends, or hands on what ends it.
package ok_fed_channel

import (
	"context"
	"time"
)

func stream(ctx context.Context, recv func(context.Context) (int, error)) <-chan int {
	rows := make(chan int)
	go func() {
		defer close(rows)
		for {
			row, err := recv(ctx)
			if err != nil {
				return
			}
			select {
			case rows <- row:
			case <-ctx.Done():
				return
			}
		}
	}()
	return rows
}

func all(recv func(context.Context) (int, error)) (found []int) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for row := range stream(ctx, recv) {
		found = append(found, row)
	}
	return found
}

type rows struct {
	in     <-chan int
	cancel context.CancelFunc
}

func (r *rows) close() { r.cancel() }

func kept(recv func(context.Context) (int, error)) *rows {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	return &rows{stream(ctx, recv), cancel}
}

func first(ctx context.Context, recv func(context.Context) (int, error)) <-chan int {
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	row, err := recv(limited)
	one := make(chan int, 1)
	if err == nil {
		one <- row
	}
	close(one)
	return one
}
