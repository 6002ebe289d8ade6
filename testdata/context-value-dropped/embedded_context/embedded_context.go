// Package embedded_context hands a context of its own kind about, and works without it in the end.
package embedded_context

import (
	"context"
	"log"
	"time"
)

type loggerKey struct{}

type scope struct {
	context.Context
	name string
}

func within(ctx context.Context, work func(*scope) error) error {
	ctx = context.WithValue(ctx, loggerKey{}, log.Default())
	return work(&scope{Context: ctx, name: "scope"})
}

func logger(ctx context.Context) *log.Logger {
	found, ok := ctx.Value(loggerKey{}).(*log.Logger) // step "loggerKey.. is looked up and missed"
	if !ok {
		log.Panic("no logger")
	}
	return found
}

type shop struct{ sold map[string]int }

func (s *shop) count(ctx context.Context, what string) error {
	s.sold[what]++
	logger(ctx).Println(what)
	return ctx.Err()
}

func (s *shop) buy(sc *scope, what string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // step "a fresh context, without the value, is made"
	defer cancel()
	return s.count(ctx, what+sc.name) // want "s.count fails without the context value embedded_context.loggerKey"
}

func serve(ctx context.Context, s *shop) error {
	return within(ctx, func(sc *scope) error { return s.buy(sc, "book") }) // step "loggerKey.. is put into the context here"
}
