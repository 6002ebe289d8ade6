"""An outcome told again after an edit that changed no code: only the edited files are read, nothing is analysed.

Comments that tools obey are comments too: what they accept is marked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from govet_py.cache.moved import Lost, Offsets, moved, offsets_between
from govet_py.cache.results import Results
from govet_py.filters.suppress import NOTICES, suppress
from govet_py.model.declarations import FileSyntax
from govet_py.model.finding import ACTIVE, Finding, Outcome, Rule
from govet_py.model.source import SourceFile
from govet_py.parsing import Kept, parse_all

FEW = 40
"""Files; the old and the new version of each are compared, and the first that has other code ends it."""


def retold(
    results: Results, files: Sequence[SourceFile], rules: Sequence[Rule], ran: Sequence[Rule],
    content: Callable[[str], bytes],
) -> Outcome | None:
    """The outcome for `files` as they are now, from the last one that `results` keep; None when code changed.
    `rules` are all that exist, `ran` those that run; `content` reads a file by its path."""
    latest = results.latest()
    if latest is None:
        return None
    outcome, digests = latest
    edited = [file for file in files if results.digests.get(file.path) != digests[file.path]]
    versions = _versions(edited, results, digests) if len(edited) <= FEW else None
    if versions is None:
        return None
    before, after = versions
    places = _places(before, after)
    if places is None or _unexplained(outcome, before):
        return None
    try:
        findings = _unmarked(tuple(moved(outcome.findings, places)), places)
    except Lost:
        return None
    own = [file for file in after if not file.is_generated]
    marked, remarks = suppress(findings, own, rules, ran, content)
    notices = [one for one in outcome.notices if one.path not in places]
    of_files = [notice for file in after for notice in file.notices]
    lines = sum(file.lines for file in after) - sum(file.lines for file in before)
    return Outcome(marked, (*notices, *of_files, *remarks), outcome.counts | {"lines": outcome.counts["lines"] + lines})


def _versions(
    edited: Sequence[SourceFile], results: Results, digests: Mapping[str, str],
) -> tuple[list[FileSyntax], list[FileSyntax]] | None:
    """The edited files as they were and as they are, by path; None when one is not to be had."""
    earlier = Kept(results.store, results.tool, digests)
    before = sorted((one for file in edited if (one := earlier.get(file)) is not None), key=lambda one: one.path)
    if len(before) != len(edited):
        return None
    parsed = parse_all(edited, 1, lambda done, total: None, Kept(results.store, results.tool, results.digests))
    same = all(parsed.digests.get(file.path) == results.digests.get(file.path) for file in edited)
    return (before, parsed.syntaxes) if same and not parsed.notices else None


def _places(before: Sequence[FileSyntax], after: Sequence[FileSyntax]) -> dict[str, Offsets] | None:
    found: dict[str, Offsets] = {}
    for old, new in zip(before, after, strict=True):
        offsets = offsets_between(old, new)
        if offsets is None:
            return None
        found[new.path] = offsets
    return found


def _unexplained(outcome: Outcome, before: Sequence[FileSyntax]) -> bool:
    """Reports whether a stage after parsing noted something about one of the files."""
    known = {notice for file in before for notice in file.notices}
    paths = {file.path for file in before}
    return any(one.path in paths and one.kind not in NOTICES and one not in known for one in outcome.notices)


def _unmarked(findings: Sequence[Finding], places: Mapping[str, Offsets]) -> tuple[Finding, ...]:
    return tuple(replace(one, disposition=ACTIVE) if one.site.path in places else one for one in findings)
