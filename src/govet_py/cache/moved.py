"""Where code went in an edit that changed no code: comments and empty lines that came or went.

Nothing of the analysis asks for lines, and of offsets it asks only which comes first. So two versions of a
file that differ in offsets alone, in an order that stayed, have the same findings at other offsets.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import pairwise, repeat
from typing import Any

from govet_py.model.declarations import FileSyntax
from govet_py.model.finding import Finding
from govet_py.model.source import Site, pack_span, span_end, span_start

Offsets = Mapping[int, int]
"""The new offset of every old offset at which something begins or ends."""

_ASIDE = frozenset({"directives", "notices", "lines", "parse_seconds"})
"""What a file says of itself besides code."""


class Lost(Exception):
    """A place is none of those that the two versions have in common."""


def offsets_between(before: FileSyntax, after: FileSyntax) -> Offsets | None:
    """The way of every place from one version of a file to another; None when code changed too."""
    found: dict[int, int] = {}
    work: list[tuple[Any, Any]] = [
        (getattr(before, name), getattr(after, name)) for name in _names(FileSyntax) if name not in _ASIDE
    ]
    while work:
        old, new = work.pop()
        if type(old) is not type(new):
            return None
        names = _names(type(old))  # type: ignore[arg-type]  # types can be hashed
        if names:
            work.extend((getattr(old, name), getattr(new, name)) for name in names if name != "span")
            if "span" in names and not _note(found, old.span, new.span):
                return None
        elif isinstance(old, array) and isinstance(new, array):
            if len(old) != len(new) or not all(map(_note, repeat(found), old, new)):
                return None
        elif isinstance(old, tuple) and isinstance(new, tuple):
            if len(old) != len(new):
                return None
            work.extend(zip(old, new, strict=True))
        elif old != new:
            return None
    return found if _in_order(found) else None


def moved(findings: Iterable[Finding], places: Mapping[str, Offsets]) -> Iterator[Finding]:
    """The same findings where `places` say, by path, that their code is now. Raises Lost."""
    for finding in findings:
        yield replace(
            finding,
            site=_site(finding.site, places),
            steps=tuple(replace(step, site=_site(step.site, places)) for step in finding.steps),
            related=tuple(replace(one, site=_site(one.site, places)) for one in finding.related),
        )


def _site(site: Site, places: Mapping[str, Offsets]) -> Site:
    offsets = places.get(site.path)
    if offsets is None:
        return site
    start, end = offsets.get(span_start(site.span)), offsets.get(span_end(site.span))
    if start is None or end is None:
        raise Lost(site.path)
    return Site(site.path, pack_span(start, end))


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a data class or a named tuple; none of anything else."""
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    return tuple(getattr(kind, "_fields", ()))


def _note(found: dict[int, int], old: int, new: int) -> bool:
    """Reports whether the ends of a span go where they went before."""
    same_start = found.setdefault(span_start(old), span_start(new)) == span_start(new)
    return found.setdefault(span_end(old), span_end(new)) == span_end(new) and same_start


def _in_order(found: Mapping[int, int]) -> bool:
    ways = sorted(found.items())
    return all(one[1] < other[1] for one, other in pairwise(ways))
