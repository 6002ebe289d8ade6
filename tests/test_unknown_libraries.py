"""What calls of libraries are taken for that are neither scanned nor declared in a stub."""

from __future__ import annotations

from pathlib import Path

import pytest

from govet_py.options import Options
from govet_py.scanning import scan

LOCKED = """package p

import {library}

type board struct {{
	mu   {type}
	seen map[string]bool
}}

func Fill(keys []string) map[string]bool {{
	b := &board{{mu: {made}, seen: map[string]bool{{}}}}
	for _, key := range keys {{
		go func() {{
			b.mu.Lock()
			defer b.mu.Unlock()
			b.seen[key] = true
		}}()
	}}
	return nil
}}
"""

TOLD = """package p

import (
	"context"

	{library}
)

func Move(ctx context.Context, next func(context.Context) error) error {{
	if err := next(ctx); err != nil {{
		return err
	}}
	{call}
	return nil
}}
"""

COMMAND = """package p

import (
	"context"
	"net/http"

	"github.com/spf13/cobra"

	"example.com/app/lib/store"
)

func run({parameter}, keys []string) error {{
	if err := store.Open({name}.Context()); err != nil {{
		return err
	}}
	if err := store.Begin({first}); err != nil {{
		return err
	}}
	return store.Load({second}, keys)
}}

var _ = &cobra.Command{{}}
var _ http.Handler
"""

ROOT = """package main

import (
	"context"
	"os/signal"

	"github.com/spf13/cobra"

	"example.com/app/lib/store"
)

var Root = &cobra.Command{{RunE: run}}

func run(cmd *cobra.Command, keys []string) error {{
	return store.Load(context.Background(), keys)
}}

func main() {{
	interrupted, stop := signal.NotifyContext(context.Background())
	defer stop()
	<-interrupted.Done()
	{given}
}}
"""


@pytest.mark.parametrize(
    ("library", "type_", "made", "found"),
    [
        ('"github.com/sasha-s/go-deadlock"', "deadlock.Mutex", "deadlock.Mutex{}", []),
        ('"example.com/app/lib/sync"', "sync.RWMutex", "sync.NewRWMutex()", []),
        ('"example.com/app/lib/paint"', "paint.Mutex", "paint.Mutex{}", ["GV101"]),
    ],
)
def test_replacements_of_package_sync_lock(
    tmp_path: Path, library: str, type_: str, made: str, found: list[str]
) -> None:
    assert _rules(tmp_path, LOCKED.format(library=library, type=type_, made=made)) == found


@pytest.mark.parametrize(
    ("library", "call", "found"),
    [
        ('"example.com/lib/log"', 'log.G(context.Background()).Info("moved")', []),
        ('"example.com/lib/logger"', "logger.Event(context.Background(), 1)", []),
        ('"example.com/lib/spaces"', 'ctx = spaces.WithSpace(context.Background(), "a")', []),
        ('"example.com/lib/spaces"', 'spaces.Enter(context.Background(), "a")', ["GV202"]),
        ('"example.com/lib/spaces"', "spaces.WithLock(context.Background(), func() {})", ["GV202"]),
    ],
)
def test_loggers_and_derivations_do_not_wait(tmp_path: Path, library: str, call: str, found: list[str]) -> None:
    assert _rules(tmp_path, TOLD.format(library=library, call=call)) == found


@pytest.mark.parametrize(
    ("parameter", "first", "second", "found"),
    [
        ("cmd *cobra.Command", "context.Background()", "context.Background()", ["GV202", "GV202"]),
        ("cmd *cobra.Command", "cmd.Context()", "cmd.Context()", []),
        ("cmd *http.Request", "context.Background()", "context.Background()", []),
    ],
)
def test_nothing_outlives_a_program(tmp_path: Path, parameter: str, first: str, second: str, found: list[str]) -> None:
    source = COMMAND.format(parameter=parameter, name=parameter.partition(" ")[0], first=first, second=second)
    assert _rules(tmp_path, source) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("Root.Execute()", []),
        ("Root.ExecuteContext(interrupted)", ["GV202"]),
        ("Root.SetContext(interrupted)", ["GV202"]),
    ],
)
def test_a_command_has_the_context_that_its_program_gives(tmp_path: Path, given: str, found: list[str]) -> None:
    assert _rules(tmp_path, ROOT.format(given=given)) == found


def _rules(top: Path, source: str) -> list[str]:
    (top / "go.mod").write_text("module example.com/p\n\ngo 1.25\n")
    (top / "p.go").write_text(source)
    report = scan(Options(paths=(str(top),), no_cache=True, jobs=1))
    return [finding.rule.id for finding in report.findings]
