"""Races inside one activation: a function shares an object with the goroutines that are started below it.

Every frame that starts goroutines is judged on its own: two effects on the same path, one of them a
write, that may happen in parallel and have no lock in common. The frame nearest to the accesses
speaks; callers that see the same pair stay silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations_with_replacement
from typing import NamedTuple

from govet_py.concurrency.frames import Frame
from govet_py.concurrency.happens_before import Order
from govet_py.concurrency.settled import FrameEffect
from govet_py.model.concurrency import ELEMENT, Effect, EffectKind, Path
from govet_py.model.finding import Confidence
from govet_py.model.source import Site, span_end, span_start


class Race(NamedTuple):
    """Two accesses in one frame; `write` is a write, `other` any access (itself, when many copies of
    one goroutine meet). `others` are more accesses that race for the same object,
    `starts` where other goroutines start that race for it too."""

    frame: Frame
    write: FrameEffect
    other: FrameEffect
    others: tuple[FrameEffect, ...]
    confidence: Confidence
    starts: tuple[Site, ...] = ()

    @property
    def sites(self) -> tuple[Site, ...]:
        """Where the accesses are."""
        return tuple(entry.effect.site for entry in (self.write, self.other, *self.others))


def races(frames: Iterable[Frame]) -> list[Race]:
    """The races of all frames, one an object, told by the frame nearest to the accesses."""
    found: dict[Site, Race] = {}
    told: dict[Site, Site] = {}
    for race in sorted((race for frame in frames for race in _frame_races(frame)), key=_rank):
        site = race.write.effect.site
        if site not in told:
            found[site] = race
            told.update((entry.effect.site, site) for entry in (race.write, race.other, *race.others))
        else:
            found[told[site]] = _with_start(found[told[site]], race)
    return sorted(found.values(), key=lambda race: race.write.effect.site)


def _with_start(told: Race, again: Race) -> Race:
    """The same accesses in another frame add where its goroutines start: one cause, one finding."""
    strand = again.write.effect.strand or again.other.effect.strand
    known = {e.effect.strand.site for e in (told.write, told.other) if e.effect.strand}
    if strand is None or strand.site in known:
        return told
    return told._replace(starts=tuple(sorted({*told.starts, strand.site})))


def _rank(race: Race) -> tuple[int, int, Site, str]:
    length = _depth(race.write.effect) + _depth(race.other.effect)
    return (-race.confidence, length, race.write.effect.site, race.frame.code.id)


def _depth(effect: Effect) -> int:
    depth, trace = 0, effect.trace
    while trace is not None:
        depth, trace = depth + 1, trace.inner
    return depth


def _frame_races(frame: Frame) -> Iterator[Race]:
    order = Order(frame.code, frame.effects)
    groups: dict[Path, list[FrameEffect]] = {}
    for entry in frame.effects:
        if entry.effect.kind in (EffectKind.READ, EffectKind.WRITE) and ELEMENT not in entry.effect.path.fields:
            groups.setdefault(entry.effect.path, []).append(entry)
    for entries in groups.values():
        if any(e.effect.strand for e in entries) and any(e.effect.kind == EffectKind.WRITE for e in entries):
            yield from _group_races(frame, order, entries)


def _group_races(frame: Frame, order: Order, entries: list[FrameEffect]) -> Iterator[Race]:
    racing: dict[FrameEffect, list[FrameEffect]] = {}
    for one, other in combinations_with_replacement(entries, 2):
        write, access = (one, other) if one.effect.kind == EffectKind.WRITE else (other, one)
        if write.effect.kind != EffectKind.WRITE or order.is_protected(write, access):
            continue
        if order.parallel(write, access):
            racing.setdefault(write, []).append(access)
    if racing:
        yield _grouped(frame, racing)


def _grouped(frame: Frame, racing: dict[FrameEffect, list[FrameEffect]]) -> Race:
    """One race for all accesses of an object: the surest, shortest pair speaks."""
    pairs = [
        Race(frame, write, other, (), _confidence(frame, write, other)) for write in racing for other in racing[write]
    ]
    best = min(pairs, key=lambda race: (-race.confidence, race.other.effect.kind != EffectKind.WRITE, *_rank(race)[1:]))
    spoken = {best.write.effect.site, best.other.effect.site}
    rest = {entry.effect.site: entry for race in pairs for entry in race[1:3] if entry.effect.site not in spoken}
    return best._replace(others=tuple(rest[site] for site in sorted(rest)))


def _confidence(frame: Frame, write: FrameEffect, other: FrameEffect) -> Confidence:
    if is_reentered(frame, write.effect) or is_reentered(frame, other.effect):
        return Confidence.LOW
    return Confidence.HIGH if write.effect.certain and other.effect.certain else Confidence.MEDIUM


def is_reentered(frame: Frame, effect: Effect) -> bool:
    """Reports whether a goroutine comes about by restarting itself, or the function literal whose frame this
    is: a loop that ends and starts again, where a test that is not understood keeps old and new apart."""
    own, trace = frame.code.function.span, effect.trace
    starts: set[Site] = set()
    while trace is not None:
        if trace.goroutine and trace.site in starts:
            return True
        starts.update((trace.site,) if trace.goroutine else ())
        around = trace.site.path == frame.code.path and trace.goroutine
        if around and span_start(trace.site.span) < span_start(own) and span_end(own) <= span_end(trace.site.span):
            return True
        trace = trace.inner
    return False
