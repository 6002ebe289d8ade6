"""What the limit of a group of package errgroup means."""

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
