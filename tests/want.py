"""The analysistest of this project: expectations stand on the line they speak of.

A case is a folder `testdata/<rule-name>/<case>/` with the files of one Go package (and of packages
below it). It is scanned alone, with its rule alone, at confidence low; `testdata/idioms/` has cases for all rules
at once (tests/test_idioms.py). On the lines of its Go files

    // want "regex" "regex"    findings whose primary place is this line, one for each regex
    // step "regex"            a step or a related place of some finding is this line

Missing and unexpected findings both fail. A case whose name starts with `ok` wants nothing, any
other something. `// case: min-confidence=medium` and `// case: tests` change how a case is scanned.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from govet_py.model.finding import Confidence, Report
from govet_py.model.source import Site
from govet_py.options import Options
from govet_py.pipeline import analyse
from govet_py.report.places import Places

TESTDATA = Path(__file__).parent.parent / "testdata"
_EXPECTATION = re.compile(r"""//\s*(want|step)((?:\s+(?:"(?:[^"\\]|\\.)*"|`[^`]*`))+)""")
_REGEX = re.compile(r'"(?:[^"\\]|\\.)*"|`[^`]*`')
_CASE = re.compile(r"^// case: (.+)$", re.MULTILINE)

Line = tuple[str, int]


class Case(NamedTuple):
    rule: str
    folder: Path

    def __str__(self) -> str:
        return f"{self.rule}/{self.folder.name}"

    @property
    def is_ok(self) -> bool:
        return self.folder.name.startswith("ok")


class Expected(NamedTuple):
    line: Line
    regex: str


def cases(rules: Iterable[str]) -> list[Case]:
    """All cases of these rules."""
    return [
        Case(rule, folder)
        for rule in sorted(rules)
        if (TESTDATA / rule).is_dir()
        for folder in sorted((TESTDATA / rule).iterdir())
        if folder.is_dir()
    ]


def case(name: str) -> Case:
    """The case named `<rule>/<case>`."""
    rule, _, folder = name.rpartition("/")
    assert (TESTDATA / name).is_dir(), f"no such case: {name}"
    return Case(rule, TESTDATA / rule / folder)


def idiom_folders() -> list[str]:
    """The folders of idioms, which hold cases as folders of rules do: `idioms/c01_locked_suffix`."""
    return [f"idioms/{folder.name}" for folder in sorted((TESTDATA / "idioms").iterdir()) if folder.is_dir()]


def problems(case: Case) -> list[str]:
    """What is wrong with a case, in sentences; empty when it passes."""
    wanted = expectations(case.folder, "want")
    if case.is_ok and wanted:
        return [f"the name says that nothing is wanted, but {show(wanted[0].line)} wants {wanted[0].regex!r}"]
    if not case.is_ok and not wanted:
        return ["a case without `// want` must have a name that starts with ok"]
    return verdict(case, analyse(options(case)))


def verdict(case: Case, report: Report) -> list[str]:
    """What is wrong with the findings of a case's scan."""
    wanted, steps = expectations(case.folder, "want"), expectations(case.folder, "step")
    failures = [f"notice: {notice.message}" for notice in report.notices if notice.kind == "internal-error"]
    return [*failures, *_compare(wanted, found(report)), *_missing_steps(steps, told(report))]


def options(case: Case) -> Options:
    """How a case is scanned."""
    words = {word for text in _texts(case.folder).values() for line in _CASE.findall(text) for word in line.split()}
    level = next((word.partition("=")[2] for word in words if word.startswith("min-confidence=")), "low")
    unknown = {word for word in words if word != "tests" and not word.startswith("min-confidence=")}
    assert not unknown, f"{case}: unknown words after `// case:`: {unknown}"
    return Options(
        paths=(str(case.folder),), select=(case.rule,), min_confidence=Confidence[level.upper()],
        tests="tests" in words, jobs=1,
    )


def expectations(folder: Path, kind: str) -> list[Expected]:
    """All `// want` or `// step` regexes below a folder."""
    return [
        Expected((path, number), _unquoted(quoted))
        for path, text in _texts(folder).items()
        for number, line in enumerate(text.splitlines(), 1)
        for match in _EXPECTATION.finditer(line)
        if match[1] == kind
        for quoted in _REGEX.findall(match[2])
    ]


def found(report: Report) -> dict[Line, list[str]]:
    """The messages of findings by line."""
    places = Places(report)
    return _by_line((places, one.site, one.message) for one in report.findings)


def told(report: Report) -> dict[Line, list[str]]:
    """The messages of steps and related places by line."""
    places = Places(report)
    steps = [(places, step.site, step.message) for finding in report.findings for step in finding.steps]
    related = [(places, one.site, one.message) for finding in report.findings for one in finding.related]
    return _by_line(steps + related)


def show(line: Line) -> str:
    return f"{line[0]}:{line[1]}"


def _compare(wanted: list[Expected], findings: dict[Line, list[str]]) -> Iterator[str]:
    left = {line: list(messages) for line, messages in findings.items()}
    for expected in wanted:
        here = left.get(expected.line, [])
        match = next((message for message in here if re.search(expected.regex, message)), None)
        if match is None:
            yield f"missing     {show(expected.line)}: nothing matches {expected.regex!r} but {here or 'none is there'}"
        else:
            here.remove(match)
    for line, messages in sorted(left.items()):
        for message in messages:
            yield f"unexpected  {show(line)}: {message}"


def _missing_steps(steps: list[Expected], told: dict[Line, list[str]]) -> Iterator[str]:
    for expected in steps:
        here = told.get(expected.line, [])
        if not any(re.search(expected.regex, message) for message in here):
            yield f"missing     {show(expected.line)}: no step matches {expected.regex!r} but {here or 'none is there'}"


def _by_line(messages: Iterable[tuple[Places, Site, str]]) -> dict[Line, list[str]]:
    by_line: dict[Line, list[str]] = defaultdict(list)
    for places, site, message in messages:
        by_line[site.path, places.location(site).line].append(message)
    return by_line


def _texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.go"))
    }


def _unquoted(quoted: str) -> str:
    """In double quotes Go's escapes hold: `\\"` is a quote, `\\\\` a backslash; regex escapes need not be doubled."""
    if quoted.startswith("`"):
        return quoted[1:-1]
    try:
        return str(json.loads(quoted))
    except ValueError:
        return quoted[1:-1]
