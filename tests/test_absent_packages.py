"""Programs whose libraries are not there: what is unknown is taken for what it looks like, or left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from govet_py.options import Options
from govet_py.scanning import scan

ROUTED = """package main

import (
	"net/http"

	"example.com/absent/route"
)

type counter struct{ seen map[string]int }

func (c *counter) count(w http.ResponseWriter, r *http.Request) { c.seen[r.URL.Path]++ }

func main() {
	c := &counter{seen: map[string]int{}}
	router := route.New()
	CALL
	_ = http.ListenAndServe(":8080", router)
}
"""


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('router.Get("/count", c.count)', ["GV101"]),
        ('router.Get("/count", http.HandlerFunc(c.count))', ["GV101"]),
        ('router.Path("/count").Then(c.count)', ["GV101"]),
        ('router.Get("/count", c.seen)', []),
        ("c.count(nil, nil)", []),
    ],
)
def test_a_router_of_an_absent_package_serves_handlers(tmp_path: Path, call: str, found: list[str]) -> None:
    (tmp_path / "go.mod").write_text("module m\n\ngo 1.25\n")
    (tmp_path / "main.go").write_text(ROUTED.replace("CALL", call))
    report = scan(Options(paths=(str(tmp_path),), no_cache=True, jobs=1))
    assert [finding.rule.id for finding in report.findings] == found
