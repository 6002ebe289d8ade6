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
    return [told for group in by_cause.values() for told in (group if len(group) < MANY else [_together(group)])]


def _cause(place: Path, finding: Finding) -> Cause:
    """The function that writes, the object, and the way that the goroutine comes there."""
    way = tuple(step.site for step in finding.steps if step.goroutine == finding.steps[0].goroutine)
    return finding.function, place._replace(fields=place.fields[:-2]), finding.confidence, way[:-1]


def _together(group: list[Finding]) -> Finding:
    first, *others = group
    related = tuple(Related(one.site, one.message.partition(", with ")[0]) for one in others)
    message = f"{first.message}; so are {len(others)} other fields of it here"
    return replace(first, message=message, related=(*first.related, *related))
