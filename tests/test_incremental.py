"""After any edit a scan with a cache finds what a scan without one finds."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from govet_py.cache.folder import prepared
from govet_py.cache.moved import offsets_between
from govet_py.cache.store import Store
from govet_py.model.declarations import FileSyntax
from govet_py.model.finding import Confidence, Report
from govet_py.model.source import SourceFile, span_start
from govet_py.options import Options
from govet_py.pipeline import analyse
from govet_py.syntax import parse

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


def scattered(text: str, chance: random.Random) -> str:
    """The same code with comments and empty lines between its lines."""
    added = ("", "", "", "\n", "// a remark\n", "/* a\tnote */\n\n")
    lines = text.splitlines(keepends=True)
    return "".join(line if "`" in text else chance.choice(added) + line for line in lines)


def analysed(report: Report) -> bool:
    return "link" in report.statistics.seconds


@pytest.mark.parametrize("seed", range(3))
def test_comments_and_empty_lines_need_no_analysis(tree: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    store = Store(prepared(tmp_path / "cache"))
    assert analysed(scan(tree, store, 1))
    for _ in range(3):
        for file in chance.sample(sorted(tree.rglob("*.go")), 2):
            file.write_text(scattered(file.read_text("utf-8"), chance), "utf-8")
        again = scan(tree, store, 1)
        assert not analysed(again)
        assert told(again) == told(scan(tree, None, 1))
    assert again.findings


def test_a_comment_that_accepts_a_finding_needs_no_analysis(tree: Path, tmp_path: Path) -> None:
    store = Store(prepared(tmp_path / "cache"))
    found = scan(tree, store, 1).findings[0]
    file = tree / found.site.path
    before = file.read_bytes()
    start = before.rfind(b"\n", 0, span_start(found.site.span)) + 1
    accepting = f"//govet:ignore {found.rule.id} -- tried\n".encode()
    for content in (before[:start] + accepting + before[start:], before, b"//govet:ignore\n" + before):
        file.write_bytes(content)
        again = scan(tree, store, 1)
        assert not analysed(again)
        assert told(again) == told(scan(tree, None, 1))
        assert (found.fingerprint in {one.fingerprint for one in again.hidden}) == (accepting in content)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x := 1", "x := 2"),
        ("x := 1", "y := 1"),
        ("x := 1", "x := 1; _ = x"),
    ],
)
def test_other_code_has_no_places_in_common(before: str, after: str) -> None:
    assert offsets_between(parsed(before), parsed(before)) is not None
    assert offsets_between(parsed(before), parsed(after)) is None


def parsed(statement: str) -> FileSyntax:
    content = f"package p\n\nfunc g(a bool, f func(int), x int) {{\n\t{statement}\n}}\n"
    return parse(SourceFile("p.go", "p.go", "p"), content.encode())


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
