"""Packages that implement goroutines are not judged by the rules for goroutines."""

from __future__ import annotations

from pathlib import Path

import pytest

from govet_py.options import Options
from govet_py.scanning import scan

RACY = """package p

func Fill(keys []string) map[string]bool {
	seen := map[string]bool{}
	for _, key := range keys {
		go func() { seen[key] = true }()
	}
	return seen
}
"""


@pytest.mark.parametrize(
    ("module", "found"),
    [("runtime", []), ("internal/runtime/maps", []), ("runtimes", ["GV101"]), ("example.com/runtime", ["GV101"])],
)
def test_the_runtime_orders_its_accesses_itself(tmp_path: Path, module: str, found: list[str]) -> None:
    (tmp_path / "go.mod").write_text(f"module {module}\n\ngo 1.25\n")
    (tmp_path / "p.go").write_text(RACY)
    report = scan(Options(paths=(str(tmp_path),), no_cache=True, jobs=1))
    assert [finding.rule.id for finding in report.findings] == found
