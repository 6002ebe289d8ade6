"""What the tool says: rules, findings and the report. Findings leave a rule finished and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from pathlib import PurePath

from govet_py.model.declarations import Notice
from govet_py.model.source import Site


class Severity(Enum):
    """How bad a finding of the rule is; the values are SARIF levels."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Confidence(IntEnum):
    """How much of a finding's evidence is certain. LOW is off unless asked for."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's identity and document. `id` and `name` are a public contract (never reused).

    `document` is the module docstring of the check: one summary line, then the headings
    "What it finds:", "Why it matters:", "Example:", "Instead:", "Limits:".
    """

    id: str
    name: str
    severity: Severity
    document: str

    @property
    def summary(self) -> str:
        return self.document.strip().splitlines()[0]

    @property
    def pascal_name(self) -> str:
        return "".join(part.capitalize() for part in self.name.split("-"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of how it happens. `goroutine` numbers the party (1, 2; 0 when there is one story);
    `depth` is the nesting of calls, from 0."""

    site: Site
    message: str
    goroutine: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Related:
    """A place worth a look beside the primary one."""

    site: Site
    message: str


class State(Enum):
    """What became of a finding. Only what is ACTIVE is reported and counts for the exit status."""

    ACTIVE = "active"
    SUPPRESSED = "suppressed"
    BASELINED = "baselined"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Disposition:
    """Whether a finding is told, and why not: the reason of a comment, a baseline's file, a base revision."""

    state: State = State.ACTIVE
    reason: str = ""


ACTIVE = Disposition()


@dataclass(frozen=True, slots=True)
class Finding:
    """One bug. `function` names the function of the primary site; `identity` are line-free words
    that make the fingerprint (with rule and function) survive edits elsewhere. A rule leaves
    `fingerprint` and `disposition` alone: later stages set them."""

    rule: Rule
    confidence: Confidence
    message: str
    site: Site
    function: str
    identity: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    related: tuple[Related, ...] = ()
    fingerprint: str = ""
    disposition: Disposition = ACTIVE


@dataclass(slots=True)
class Statistics:
    """Counts and seconds for `--statistics`; keys are printed in order of insertion."""

    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """What an analysis found, before anybody asks which of it to tell: findings of every confidence in order,
    those that comments accept marked, and notices and counts besides those of finding the files."""

    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...]
    counts: dict[str, int]


@dataclass(slots=True)
class Report:
    """The outcome of a scan: sorted findings, what could not be done, and figures.

    `findings` are active; `hidden` are those with another disposition, sorted too. `root` is the absolute
    scan root, `repository` the root of the repository that it lies in ("" for none); `contents` holds, by
    path relative to `root`, the bytes of every file that a finding mentions: reporters open nothing.
    """

    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    notices: tuple[Notice, ...]
    statistics: Statistics
    root: str
    contents: dict[str, bytes] = field(default_factory=dict)
    hidden: tuple[Finding, ...] = ()
    repository: str = ""

    @property
    def prefix(self) -> str:
        """The way from the repository down to the scan root, with a slash at its end: "" when they are one."""
        root, top = PurePath(self.root), PurePath(self.repository or self.root)
        return "" if root == top or not root.is_relative_to(top) else f"{root.relative_to(top).as_posix()}/"
