"""Random Go programs of the kind that the rules look at: locks, channels, goroutines, contexts, closures, loops.

All of them parse; types need not fit. Everything is drawn from one `Random`, so a seed or hypothesis repeats it.
"""

from __future__ import annotations

from functools import partial
from random import Random
from typing import Any

HEAD = """package p

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

type T struct {
	mu   sync.RWMutex
	in   sync.Mutex
	ch   chan int
	m    map[string]int
	n    int
	wg   sync.WaitGroup
	next *T
	do   func(ctx context.Context) error
}

type I interface {
	M0(ctx context.Context, t *T) error
	M1(ctx context.Context, t *T) error
}

var (
	global  = map[string]int{}
	guarded sync.Mutex
	queue   = make(chan int)
)
"""
MOST_DEPTH = 4
_EXPRESSIONS = """t | t.next | t.n | t.m["a"] | len(t.m) | <-t.ch | cap(queue) | ctx | ctx.Err() | err | nil | 1
    | "s" | i
    | s[i] | context.Background() | context.WithoutCancel(ctx) | make(chan int, 1) | make(map[string]int) | (&T{})
    | (T{n: 1}) | ([]*T{t}) | t.M0 | (*T).M1 | f0 | any(t) | t.(I) | func() int { return t.n }()
    | time.After(time.Second) | new(T) | global[x] | ok""".split("|")
_SIMPLE = """t.mu.Lock() | t.mu.Unlock() | t.mu.RLock() | t.mu.RUnlock() | defer t.mu.Unlock() | t.in.Lock()
    | t.in.Unlock()
    | defer t.in.Unlock() | guarded.Lock() | guarded.Unlock() | t.wg.Add(1) | t.wg.Done() | defer t.wg.Done()
    | t.wg.Wait() | t.ch <- 1 | <-t.ch | queue <- t.n | v, ok := <-t.ch; _, _ = v, ok | close(t.ch) | defer close(t.ch)
    | close(queue) | t.m["a"] = 1 | delete(t.m, "a") | t.n++ | global[x] = t.n
    | x, err := t.m[x], error(nil); _, _ = x, err
    | ctx, cancel := context.WithCancel(ctx); defer cancel() | ctx, _ := context.WithTimeout(ctx, time.Second); _ = ctx
    | ctx = context.Background() | time.Sleep(time.Millisecond) | return nil | return ctx.Err() | panic(t) | t = t.next
    | ticker := time.NewTicker(time.Second); _ = ticker | time.AfterFunc(time.Second, func() { t.n++ }) | clear(t.m)
    | old := *t; _ = old | t.do = t.next.do | t.ch = nil | select {}
    | var once sync.Once; once.Do(func() { t.n = 1 })""".split("|")


class _Writer:
    """One program; `chance` is a Random, or what hypothesis has for one."""

    def __init__(self, chance: Random | Any, functions: int) -> None:
        self._chance = chance
        self._functions = functions

    def expression(self, depth: int) -> str:
        chance = self._chance
        if depth <= 0 or chance.random() < 0.5:
            return str(chance.choice(_EXPRESSIONS)).strip()
        inner, other = self.expression(depth - 1), self.expression(depth - 1)
        return str(chance.choice([
            f"({inner} + {other})", f"({inner} == {other})", f"!({inner})", f"{self.call(depth - 1)}", f"<-({inner})",
            f"&({inner})", f"({inner}).next", f"({inner})[{other}]",
            f"func(a int) *T {{ {self.statement(depth - 1, False)}; return t }}(i)",
        ]))

    def call(self, depth: int) -> str:
        name = self._chance.choice(["f{}", "t.M{}", "t.next.M{}", "v.M{}", "any(t).(I).M{}"]).format(
            self._chance.randrange(self._functions)
        )
        return f"{name}({self.expression(depth - 1)}, {self.expression(depth - 1)})" if depth > 0 else f"{name}(ctx, t)"

    def block(self, depth: int, loop: bool) -> str:
        count = self._chance.randint(0, 4)
        return "{\n" + "".join(f"{self.statement(depth, loop)}\n" for _ in range(count)) + "}"

    def statement(self, depth: int, loop: bool) -> str:
        chance = self._chance
        if depth <= 0 or chance.random() < 0.4:
            ends = ("break", "continue") if loop else ()
            more = (self.call(1), f"_ = {self.expression(1)}", f"defer {self.call(1)}")
            return str(chance.choice([*_SIMPLE, *ends, *more])).strip()
        return str(chance.choice(self._compound(depth - 1, loop))())

    def _compound(self, depth: int, loop: bool) -> list[Any]:
        block, expression, call = self.block, self.expression, self.call
        inner, inside = partial(self.statement, depth, loop), partial(self.statement, depth, False)
        return [
            lambda: f"if {expression(depth)} {block(depth, loop)}",
            lambda: f"if x := {expression(depth)}; x != nil {block(depth, loop)} else {block(depth, loop)}",
            lambda: f"for i := 0; i < {expression(1)}; i++ {block(depth, True)}",
            lambda: f"for i := range {expression(1)} {block(depth, True)}",
            lambda: f"for {block(depth, True)}",
            lambda: f"go func() {block(depth, False)}()",
            lambda: f"go {call(depth)}",
            lambda: f"defer func() {block(depth, False)}()",
            lambda: f"eg, _ := errgroup.WithContext(ctx)\neg.Go(func() error {{ {inside()}; return nil }})\neg.Wait()",
            lambda: f"select {{\ncase <-ctx.Done():\n{inner()}\ncase v := <-t.ch:\n_ = v\n{inner()}\n}}",
            lambda: f"select {{\ncase t.ch <- {expression(1)}:\n{inner()}\ndefault:\n{inner()}\n}}",
            lambda: f"switch {expression(1)} {{\ncase {expression(1)}:\n{inner()}\ndefault:\n{inner()}\n}}",
            lambda: f"switch v := any(t).(type) {{\ncase I, *T:\n_ = v\n{inner()}\n}}",
            lambda: f"g := func() {block(depth, False)}\ng()\ngo g()",
            lambda: f"t.do = func(ctx context.Context) error {{ {inside()}; return ctx.Err() }}",
            lambda: block(depth, loop),
        ]


def program(chance: Random | Any, functions: int = 4) -> bytes:
    """The text of one file."""
    writer = _Writer(chance, functions)
    parts = [HEAD]
    for number in range(functions):
        head = chance.choice([f"func f{number}", f"func (t *T) M{number}", f"func f{number}[A any]"])
        receiver = head.startswith("func (")
        parameters = "(ctx context.Context, v *T)" if receiver else "(ctx context.Context, t *T)"
        parts.append(f"{head}{parameters} error {writer.block(MOST_DEPTH, False)}\n")
    return "\n".join(parts).encode()
