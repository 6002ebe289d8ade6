"""A report made by hand, with all that makes reports go wrong: races, escapes, blanks, brackets and braces."""

from __future__ import annotations

from govet_py.model.declarations import Notice
from govet_py.model.finding import Confidence, Finding, Related, Report, Rule, Severity, Statistics, Step
from govet_py.model.source import Site, pack_span
from govet_py.report.fingerprint import stamped

DOCUMENT = """A map is written while another goroutine may use it.

What it finds: an assignment that another goroutine
may run as well.

Why it matters: the process ends.

Example:

    go func() { seen[key] = true }()

    go func() { seen[key] = true }()

Instead:

    mu.Lock()

Limits: none.
"""
RACE = Rule("GV101", "map-race", Severity.ERROR, DOCUMENT)
LOSSY = Rule("GV301", "lossy-fan-in", Severity.WARNING, DOCUMENT)
HINT = Rule("GV502", "goroutine-leak", Severity.NOTE, DOCUMENT)

SOURCE = """package sample

func run() {
\tgo func() { seen["ü\x1b[31m"] = 1 }()
\tseen["b"] = struct{}{}
}
"""
PATH = "dir with blank/größe.go"


def site(needle: str, path: str = PATH) -> Site:
    """The place of a text in SOURCE."""
    start = SOURCE.encode().index(needle.encode())
    return Site(path, pack_span(start, start + len(needle.encode())))


def race(message: str = "map seen is written", identity: tuple[str, ...] = ("seen",)) -> Finding:
    return Finding(
        rule=RACE,
        confidence=Confidence.HIGH,
        message=message,
        site=site('seen["ü'),
        function="example.com/sample.run$1",
        identity=identity,
        steps=(
            Step(site("go func"), "starts a goroutine", 1, 0),
            Step(site('seen["ü'), "writes seen", 1, 1),
            Step(site('seen["b"]'), "writes seen[key](1) of struct{}", 2, 0),
        ),
        related=(Related(site('seen["b"]'), "writes seen as well"),),
    )


def lossy() -> Finding:
    message = "values {0} are dropped, see map[string](2)"
    return Finding(LOSSY, Confidence.MEDIUM, message, site("func run"), "sample.run", ("c",))


def report(*findings: Finding) -> Report:
    """A report of these findings (by default of a race and a lossy send) and two notices."""
    return Report(
        findings=stamped(findings or (lossy(), race())),
        rules=(RACE, LOSSY, HINT),
        notices=(
            Notice("partial-parse", PATH, 4, "a function did not parse and is left out"),
            Notice("worker-lost", "", 0, "a worker process was lost"),
        ),
        statistics=Statistics({"files": 1}, {"total": 0.5}),
        root="/tree/of go",
        contents={PATH: SOURCE.encode()},
    )
