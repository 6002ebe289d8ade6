"""After any edit a scan with a cache finds what a scan without one finds."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from govet_py.cache.folder import prepared
from govet_py.cache.store import Store
from govet_py.model.finding import Confidence, Report
from govet_py.options import Options
from govet_py.pipeline import analyse

TESTDATA = Path(__file__).parent.parent / "testdata"
FOLDERS = ("captured-race", "lossy-fan-in")
CASES = 5
ADDED = (
    "\nvar added%d = map[int]int{}\n\nfunc Add%d(k int) { go func() { added%d[k]++ }(); added%d[k] = 1 }\n",
    "\nfunc Plain%d() int { return %d + %d + %d }\n",
    "\n// a comment %d %d %d %d\n",
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for case in [case for folder in FOLDERS for case in sorted((TESTDATA / folder).iterdir())[:CASES]]:
        shutil.copytree(case, tmp_path / "tree" / case.parent.name / case.name)
    shutil.copy(TESTDATA / "go.mod", tmp_path / "tree" / "go.mod")
    return tmp_path / "tree"


def scan(tree: Path, store: Store | None, jobs: int) -> Report:
    return analyse(Options(paths=(str(tree),), jobs=jobs, min_confidence=Confidence.LOW), store=store)


def told(report: Report) -> Any:
    return report.findings, report.hidden, report.notices, report.contents


def edit(tree: Path, chance: random.Random) -> None:
    """One edit such as people make: lines that go, move, or come; files that go or come; nonsense."""
    files = sorted(tree.rglob("*.go"))
    file = chance.choice(files)
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kind = chance.randrange(7)
    if kind < 3:
        number = chance.randrange(1000)
        file.write_text("".join(lines) + chance.choice(ADDED) % ((number,) * 4), "utf-8")
    elif kind == 3:
        del lines[chance.randrange(len(lines))]
        file.write_text("".join(lines), "utf-8")
    elif kind == 4:
        lines.insert(chance.randrange(len(lines)), "\n")
        file.write_text("".join(lines), "utf-8")
    elif kind == 5:
        file.write_text("".join(lines).replace("go func()", "func()", 1), "utf-8")
    elif len(files) > 2:
        file.rename(file.with_name(f"moved{chance.randrange(1000)}.go"))


@pytest.mark.parametrize("seed", range(3))
def test_after_edits_findings_are_those_of_a_cold_scan(tree: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    store = Store(prepared(tmp_path / "cache"))
    scan(tree, store, 1)
    for _ in range(4):
        edit(tree, chance)
        jobs = chance.choice((1, 2))
        assert told(scan(tree, store, jobs)) == told(scan(tree, None, 3 - jobs))
    assert told(scan(tree, store, 1)) == told(scan(tree, None, 1))
