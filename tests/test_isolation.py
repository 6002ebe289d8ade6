"""A defect of ours in one declaration, function, file or rule costs no more than that."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from govet_py import checking, checks
from govet_py.cache.store import Store
from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import FunctionCode
from govet_py.checks import map_race
from govet_py.cli import main
from govet_py.commands import exit_code
from govet_py.concurrency.effects.frames import FrameBuilder
from govet_py.concurrency.locks.lock_events import LockEvents
from govet_py.isolation import MOST_ATTEMPTS
from govet_py.model.declarations import FileSyntax
from govet_py.model.finding import Report
from govet_py.options import Options
from govet_py.pipeline import analyse
from govet_py.resolve.link import _Linker
from govet_py.syntax.statements import Statements
from racy import FILL

BAD = """package bad

func Bad(n int) int { return n }

func Good(n int) int { return Bad(n) }
"""


class Defect(Exception):
    """Nothing that any code of ours expects."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "go.mod").write_text("module m\n\ngo 1.25\n")
    for name, content in (("racy", FILL), ("bad", BAD)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.go").write_text(content)
    return tmp_path


def scan(tree: Path, **options: Any) -> Report:
    return analyse(Options(paths=(str(tree),), **{"jobs": 1, **options}))


def breaks(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, when: Callable[..., bool]) -> None:
    """Makes a method raise for some arguments."""
    original = getattr(owner, name)

    def broken(self: Any, *arguments: Any) -> Any:
        if when(*arguments):
            raise Defect
        return original(self, *arguments)

    monkeypatch.setattr(owner, name, broken)


def is_bad(code: FunctionCode, *_: object) -> bool:
    return code.id == "m/bad.Bad"


STAGES = {
    "call graph": (CallGraph, "_edges_of"),
    "locks": (LockEvents, "locksets"),
    "summaries": (FrameBuilder, "build"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_function_that_a_stage_fails_on_is_left_out(
    tree: Path, monkeypatch: pytest.MonkeyPatch, stage: str,
) -> None:
    whole = scan(tree)
    breaks(monkeypatch, *STAGES[stage], is_bad)
    report = scan(tree)
    assert report.findings == whole.findings != ()
    [notice] = report.notices
    assert (notice.kind, notice.path) == ("internal-error", "bad/a.go")
    assert "m/bad.Bad" in notice.message and "Defect" in notice.message and "Traceback" in notice.message
    assert exit_code(report, Options()) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_so_it_is_in_two_processes(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scan(tree)
    monkeypatch.setattr(checking, "WORTH_A_PROCESS", 0)
    for stage in STAGES.values():
        with monkeypatch.context() as patched:
            breaks(patched, *stage, is_bad)
            report = scan(tree, jobs=2)
            assert report.findings == whole.findings
            assert {notice.path for notice in report.notices} == {"bad/a.go"}


def test_a_rule_that_fails_on_one_function_judges_the_others(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scan(tree)

    def fragile(facts: Any) -> Iterator[Any]:
        for id in facts.code.ids():
            judged(facts.code.function(id))
        yield from original(facts)

    def judged(code: FunctionCode) -> None:
        if is_bad(code):
            raise Defect

    original = map_race.run
    monkeypatch.setattr(map_race, "run", fragile)
    report = scan(tree)
    assert report.findings == whole.findings
    assert [notice.path for notice in report.notices] == ["bad/a.go"]


def test_a_rule_that_always_fails_stops_trying(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hopeless(facts: Any) -> Iterator[Any]:
        tried.append(facts)
        for id in facts.code.ids():
            judged(facts.code.function(id))
        raise Defect
        yield

    def judged(code: FunctionCode) -> None:
        raise Defect

    tried: list[Any] = []
    monkeypatch.setattr(map_race, "run", hopeless)
    report = scan(tree)
    assert 1 < len(tried) <= MOST_ATTEMPTS + 1
    assert {finding.rule.id for finding in report.findings}.isdisjoint({"GV101"})
    assert any("rule GV101 map-race failed" in notice.message for notice in report.notices)


def test_what_no_function_is_to_blame_for_costs_the_rule(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_race, "run", lambda facts: iter([1 // 0]))
    [notice] = scan(tree).notices
    assert notice.message.startswith("rule GV101 map-race failed\nTraceback")


def test_a_function_that_cannot_be_lowered_is_left_out(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scan(tree)
    original = Statements.function

    def broken(self: Statements, node: Any, receiver: Any, signature: Any) -> Any:
        if self.name == "Bad":
            raise Defect
        return original(self, node, receiver, signature)

    monkeypatch.setattr(Statements, "function", broken)
    report = scan(tree)
    assert report.findings == whole.findings
    [notice] = report.notices
    assert (notice.kind, notice.path, notice.line) == ("internal-error", "bad/a.go", 3)
    assert notice.message.startswith("Bad could not be read and is left out\nTraceback")


def test_a_file_that_cannot_be_linked_is_left_out(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scan(tree)
    breaks(monkeypatch, _Linker, "_types", lambda package, syntax: syntax.path == "bad/a.go")
    report = scan(tree)
    assert report.findings == whole.findings
    assert [(notice.kind, notice.path) for notice in report.notices] == [("internal-error", "bad/a.go")]


def test_when_no_file_can_be_linked_the_scan_fails(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(self: Any, syntax: FileSyntax, is_stub: bool) -> None:
        raise Defect

    monkeypatch.setattr(_Linker, "add", broken)
    assert main(["scan", "--no-cache", str(tree)]) == 3
    assert "this is a defect of govet-py" in capsys.readouterr().err


@pytest.mark.parametrize("stage", STAGES)
def test_a_failure_is_not_kept(tree: Path, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    store = Store(tree / "cache")
    store.folder.mkdir()
    with monkeypatch.context() as patched:
        breaks(patched, *STAGES[stage], is_bad)
        assert analyse(Options(paths=(str(tree),), jobs=1), store=store).notices
    assert analyse(Options(paths=(str(tree),), jobs=1), store=store).notices == ()


def test_every_rule_survives_a_function_that_it_fails_on(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a rule asks for first, the function is told from the traceback."""
    whole = scan(tree)
    breaks(monkeypatch, FunctionCode, "denotes", lambda register: False)
    original = FunctionCode.callee

    def broken(self: FunctionCode, call: int) -> Any:
        if self.id == "m/bad.Good":
            raise RecursionError
        return original(self, call)

    monkeypatch.setattr(FunctionCode, "callee", broken)
    report = scan(tree)
    assert report.findings == whole.findings
    assert {notice.path for notice in report.notices} == {"bad/a.go"}
    assert len(report.rules) == len(checks.ALL)
