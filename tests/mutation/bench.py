"""Where mutants are tried: many of them in one tree, one scan for all, a verdict for each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from govet_py.model.finding import Finding, Report
from govet_py.options import Options
from govet_py.pipeline import analyse
from govet_py.report.places import Places
from mutation.model import Mutant, Operator, Source, applied, mutants, without_unused_imports
from mutation.operators import ALL

Place = tuple[str, int]
"""A rule and a line."""


class Case(NamedTuple):
    """A negative of a rule: the folder of a package, and its Go files by path below it."""

    rule: str
    folder: Path
    sources: tuple[Source, ...]


class Found(NamedTuple):
    """A finding for a verdict: its rule, its message, and all lines that it speaks of, by file."""

    rule: str
    message: str
    file: str
    line: int
    places: frozenset[tuple[str, int]]


class Verdict(NamedTuple):
    """Whether a mutant is reported: by the new findings of fitting rules."""

    mutant: Mutant
    case: str
    by: tuple[Found, ...]

    @property
    def name(self) -> str:
        return f"{self.case} {self.mutant.operator} {self.mutant.file}:{self.mutant.line}"

    @property
    def as_text(self) -> str:
        return f"{self.name}\n    - {_one_line(self.mutant.before)}\n    + {_one_line(self.mutant.after)}"


def _one_line(text: str) -> str:
    return " ⏎ ".join(line.strip() for line in text.splitlines() if line.strip())[:300]


class Equivalent(NamedTuple):
    """A mutant that is no bug, or none that anybody could tell, by its name, and why."""

    name: str
    reason: str


def equivalents() -> list[Equivalent]:
    """What is listed beside this file."""
    entries = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text("utf-8"))["mutant"]
    return [Equivalent(one["name"], one["reason"]) for one in entries]


def negatives(testdata: Path, rules: Iterable[str]) -> Iterator[Case]:
    """The cases named ok of some rules; tests in them are left out."""
    for rule in sorted(rules):
        for folder in sorted((testdata / rule).glob("ok_*")):
            paths = [path for path in sorted(folder.rglob("*.go")) if not path.name.endswith("_test.go")]
            sources = tuple(Source(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths)
            for source in sources:
                source.package = source.world = sources
            yield Case(rule, folder, sources)


def mutants_of(case: Case, operators: Sequence[Operator] = ALL) -> Iterator[Mutant]:
    """All mutants of a case, by the operators that its rule is a home of."""
    for operator in operators:
        if case.rule in operator.homes or "*" in operator.homes:
            for source in case.sources:
                yield from mutants(operator, source, case.rule if case.rule in operator.homes else operator.homes[0])


def written(tree: Path, cases: Sequence[tuple[Case, Mutant | None]]) -> None:
    """Writes each case, mutated or not, as a package of its own into a new module: m0, m1 and so on."""
    tree.mkdir(parents=True, exist_ok=True)
    (tree / "go.mod").write_text("module govetpy.test\n\ngo 1.25\n", "utf-8")
    for number, (case, mutant) in enumerate(cases):
        for source in case.sources:
            content = source.content
            if mutant is not None and mutant.file == source.path:
                content = without_unused_imports(applied(content, mutant.edits))
            path = tree / f"m{number}" / source.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.replace(f"{case.rule}/{case.folder.name}".encode(), f"m{number}".encode()))


def scanned(tree: Path) -> dict[str, list[Found]]:
    """The findings of a scan with all rules at default confidence, by the first folder of their path."""
    report = analyse(Options(paths=(str(tree),), jobs=1))
    failures = [notice.message for notice in report.notices if notice.kind == "internal-error"]
    assert not failures, failures
    by_folder: dict[str, list[Found]] = {}
    for finding in found_in(report):
        by_folder.setdefault(finding.file.partition("/")[0], []).append(finding)
    return by_folder


def found_in(report: Report) -> Iterator[Found]:
    """All findings of a report for a verdict."""
    places = Places(report)
    for one in report.findings:
        yield Found(
            one.rule.id, _plain(one), one.site.path, places.location(one.site).line, frozenset(_lines(places, one))
        )


def _plain(finding: Finding) -> str:
    """A message without the name of the package that holds the mutant."""
    return re.sub(r"\bm\d+\b", "", finding.message)


def _lines(places: Places, finding: Finding) -> Iterator[tuple[str, int]]:
    sites = [finding.site, *(step.site for step in finding.steps), *(one.site for one in finding.related)]
    return ((site.path, places.location(site).line) for site in sites)


def judged(fits: frozenset[str], before: Sequence[Found], after: Sequence[Found]) -> tuple[Found, ...]:
    """The findings of fitting rules that are new: where the rule said nothing of the line before."""
    known = {(one.rule, one.file.partition("/")[2], one.line) for one in before}
    return tuple(
        one for one in after if one.rule in fits and (one.rule, one.file.partition("/")[2], one.line) not in known
    )


def tried(tree: Path, cases: Sequence[Case], operators: Sequence[Operator] = ALL) -> list[Verdict]:
    """Writes and scans all cases and all their mutants, and judges these."""
    fits = {operator.name: operator.fits for operator in operators}
    pairs: list[tuple[Case, Mutant | None]] = [(case, None) for case in cases]
    pairs += [(case, mutant) for case in cases for mutant in mutants_of(case, operators)]
    written(tree, pairs)
    findings = scanned(tree)
    originals = {
        case.folder: findings.get(f"m{number}", []) for number, (case, mutant) in enumerate(pairs) if mutant is None
    }
    return [
        Verdict(
            mutant,
            f"{case.rule}/{case.folder.name}",
            judged(fits[mutant.operator], originals[case.folder], findings.get(f"m{number}", [])),
        )
        for number, (case, mutant) in enumerate(pairs)
        if mutant is not None
    ]
