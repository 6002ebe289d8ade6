"""What a user asks for: one frozen value, made by the command line and read by the pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from govet_py.knowledge.taught import NOTHING, Taught
from govet_py.model.finding import Confidence, Severity


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a scan.

    `select` and `ignore` hold rule ids or names, all rules run when `select` is empty. `fail_on` is the
    lowest severity that makes the exit status 1, None for never. `output` is None for standard output;
    `jobs` is 0 for one process for each processor. `color` is auto, always or never. `paths_ignore` holds
    absolute globs of files whose findings are not told. `sarif_profile` is github or full. `taught` is what the
    project says of its own functions.
    """

    paths: tuple[str, ...] = (".",)
    format: str = "text"
    output: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: Confidence = Confidence.MEDIUM
    tests: bool = False
    tags: tuple[str, ...] = ()
    baseline: str | None = None
    new_from: str | None = None
    fail_on: Severity | None = Severity.NOTE
    jobs: int = 0
    no_cache: bool = False
    statistics: bool = False
    color: str = "auto"
    paths_ignore: tuple[str, ...] = ()
    sarif_profile: str = "github"
    category: str = "govet-py"
    taught: Taught = NOTHING
