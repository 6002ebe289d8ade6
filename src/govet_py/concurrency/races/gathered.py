"""Many races of one cause told as one: a function that sets up or reloads an object field by field races in each of
them with whoever uses the object, and what mends one mends all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from govet_py.model.concurrency import Path
from govet_py.model.finding import Confidence, Finding, Related
from govet_py.model.source import Site

MANY = 4
"""So many fields of one object are told together."""

Cause = tuple[str, Path, Confidence, tuple[Site, ...]]


def gathered(races: Iterable[tuple[Path, Finding]]) -> list[Finding]:
    """The findings about writes of places, in their order: the first of each cause stands for all if these are many."""
    by_cause: dict[Cause, list[Finding]] = {}
    for place, finding in races:
        by_cause.setdefault(_cause(place, finding), []).append(finding)
    return [told for group in by_cause.values() for told in ([_together(group)] if _is_one(group) else group)]


def _is_one(group: list[Finding]) -> bool:
    """Whether the fields of an object are many, or two are accessed by one instruction."""
    return len(group) >= MANY or len({finding.site for finding in group}) < len(group)


def _cause(place: Path, finding: Finding) -> Cause:
    """The function that writes, the object, and the way that the goroutine comes there."""
    way = tuple(step.site for step in finding.steps if step.goroutine == finding.steps[0].goroutine)
    return finding.function, place._replace(fields=place.fields[:-2]), finding.confidence, way[:-1]


def _together(group: list[Finding]) -> Finding:
    first, *others = group
    related = tuple(Related(one.site, one.message.partition(", with ")[0]) for one in others)
    besides = f"are {len(others)} other fields" if len(others) > 1 else "is another field"
    message = f"{first.message}; so {besides} of it here"
    return replace(first, message=message, related=(*first.related, *related))
