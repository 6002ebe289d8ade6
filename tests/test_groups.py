"""What the limit of a group, and the slots of a semaphore, of golang.org/x/sync mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from govet_py.options import Options
from govet_py.scanning import scan

LIMITED = """package p

import "golang.org/x/sync/errgroup"

const few = 1

func Fill(keys []string) (map[string]int, error) {{
	seen := map[string]int{{}}
	var group errgroup.Group
	group.SetLimit({limit})
	for i, key := range keys {{
		group.Go(func() error {{
			seen[key] = i
			return nil
		}})
	}}
	return seen, group.Wait()
}}
"""


@pytest.mark.parametrize(("limit", "found"), [("1", []), ("few", []), ("2", ["map-race"]), ("len(keys)", ["map-race"])])
def test_one_at_a_time(tmp_path: Path, limit: str, found: list[str]) -> None:
    (tmp_path / "a.go").write_text(LIMITED.format(limit=limit), encoding="utf-8")
    report = scan(Options(paths=(str(tmp_path),), select=("map-race",)))
    assert [finding.rule.name for finding in report.findings] == found

SLOTS = """package p

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

type kitchen struct {{
	mu     sync.Mutex
	stoves *semaphore.Weighted
	dishes map[string]bool
}}

func (k *kitchen) Cook(ctx context.Context, dish string) error {{
	{first}
	if err := k.stoves.Acquire(ctx, 1); err != nil {{
		return err
	}}
	{second}
	k.dishes[dish] = true
	return nil
}}

func (k *kitchen) Serve(dish string) {{
	{before}
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.dishes, dish)
	{after}
}}
"""
LOCK = "k.mu.Lock()\n\tdefer k.mu.Unlock()"
FREE = "k.stoves.Release(1)"


@pytest.mark.parametrize(
    ("first", "second", "before", "after", "found"),
    [
        (LOCK, "", "", FREE, ["lock-held-while-blocking"]),
        (LOCK, "", "", f"defer {FREE}", ["lock-held-while-blocking"]),
        (LOCK, "", FREE, "", []),
        ("", LOCK, "", FREE, []),
    ],
)
def test_slots_under_a_lock(
    tmp_path: Path, first: str, second: str, before: str, after: str, found: list[str]
) -> None:
    source = SLOTS.format(first=first, second=second, before=before, after=after)
    (tmp_path / "a.go").write_text(source, encoding="utf-8")
    report = scan(Options(paths=(str(tmp_path),), select=("lock-held-while-blocking",)))
    assert [finding.rule.name for finding in report.findings] == found
