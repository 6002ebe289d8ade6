"""Races inside one activation: a function shares an object with the goroutines that are started below it.

Every frame that starts goroutines is judged on its own: two effects on the same path, one of them a
write, that may happen in parallel and have no lock in common. The frame nearest to the accesses
speaks; callers that see the same pair stay silent.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from govet_py.concurrency.effects.closedness import is_counted
from govet_py.concurrency.effects.contested import ACCESSES
from govet_py.concurrency.effects.frames import Frame
from govet_py.concurrency.effects.happens_before import Order
from govet_py.concurrency.effects.settled import FrameEffect
from govet_py.model.concurrency import Effect, EffectKind, GlobalRoot, Path
from govet_py.model.finding import Confidence
from govet_py.model.source import Site, span_end, span_start

FAR = 25
"""So many calls, some of them through interfaces that many types implement, lead anywhere."""
MOST_CLASSES = 300
"""So many unlike accesses of one object are judged in pairs, the surest and nearest; a program's own flags and tables
can have thousands in the function that starts it."""
NEAREST = 8
"""So many of the accesses that are alike stand for all when the pair is chosen that speaks."""

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


def nearest(races: Iterable[Race]) -> list[Race]:
    """Of the races of all frames one an object, told by the frame nearest to the accesses; of maps that are handed
    about, one for each place that starts goroutines which share it."""
    found: dict[tuple[Site, Site | None], Race] = {}
    told: dict[Site, Site] = {}
    for race in sorted(races, key=_rank):
        site = race.write.effect.site
        if site not in told:
            found[site, None] = race
            told.update((entry.effect.site, site) for entry in (race.write, race.other, *race.others))
        elif _is_one(race.write.effect.path) or not _starts(race).isdisjoint(_starts(found[told[site], None])):
            found[told[site], None] = _with_start(found[told[site], None], race)
        else:
            found.setdefault((site, min(_starts(race))), race)
    return sorted(found.values(), key=lambda race: (race.write.effect.site, race.frame.code.id))


def _is_one(path: Path) -> bool:
    """Whether an access is to one object wherever it is told: a variable or field, or the map of a package variable."""
    return path.is_cell or (isinstance(path.root, GlobalRoot) and not path.fields)


def _starts(race: Race) -> set[Site]:
    """Where goroutines start that share a map: whoever shares it must copy it."""
    starts: set[Site] = set()
    for trace in (race.write.effect.trace, race.other.effect.trace):
        while trace is not None:
            starts.update((trace.site,) if trace.goroutine else ())
            trace = trace.inner
    return starts


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


def races_in(frame: Frame) -> Iterator[Race]:
    """The races of one frame, one an object. They keep of the frame only what they need to be told."""
    order, bare = Order(frame.code, frame.effects), frame.waits()
    groups: dict[Path, list[FrameEffect]] = {}
    for entry in frame.effects:
        if entry.effect.kind in ACCESSES:
            groups.setdefault(entry.effect.path, []).append(entry)
    for entries in groups.values():
        racing = _Group(frame, order, entries).racing()
        if racing:
            yield _grouped(bare, racing)


class _Meeting(NamedTuple):
    """Writes that are alike, the nearest first, and accesses that each of them races with."""

    writes: list[_Access]
    accesses: list[_Access]


class _Group:
    """The accesses of one object in a frame. What is alike for the order of things is judged once."""

    def __init__(self, frame: Frame, order: Order, entries: list[FrameEffect]) -> None:
        self._frame = frame
        self._order = order
        self._nearest_first: dict[int, list[_Access]] = {}
        alike: dict[tuple[object, ...], list[FrameEffect]] = {}
        for entry in entries:
            anchor, e = entry
            alike.setdefault((anchor, e.kind, e.locks, e.strand, e.after, e.passed), []).append(entry)
        self._classes = list(alike.values())
        if len(self._classes) > MOST_CLASSES:
            numbers = sorted(range(len(self._classes)), key=lambda number: _distance(self._accesses(number)[0]))
            chosen = numbers[:MOST_CLASSES]
            self._nearest_first = {at: self._nearest_first[number] for at, number in enumerate(chosen)}
            self._classes = [self._classes[number] for number in chosen]

    def racing(self) -> list[_Meeting]:
        """Writes and the accesses that they race with, by what is alike."""
        found = []
        one_of = [some[0] for some in self._classes]
        shared = [one.effect.strand is not None for one in one_of]
        write = [one.effect.kind == EffectKind.WRITE for one in one_of]
        whole = range(len(one_of))
        partners = {
            (any_strand, any_kind): [at for at in whole if (any_strand or shared[at]) and (any_kind or write[at])]
            for any_strand in (False, True)
            for any_kind in (False, True)
        }
        for i in whole:
            possible = partners[shared[i], write[i]]
            for j in possible[bisect_left(possible, i) :]:
                first, then = (i, j) if write[i] else (j, i)
                if self._race(one_of[first], one_of[then]):
                    found.append(_Meeting(self._accesses(first), self._accesses(then)))
        return found

    def _accesses(self, number: int) -> list[_Access]:
        """The accesses of a class, the nearest first."""
        known = self._nearest_first.get(number)
        if known is None:
            made = [_Access(entry, self._frame) for entry in self._classes[number]]
            known = self._nearest_first[number] = sorted(made, key=_distance)
        return known

    def _race(self, one: FrameEffect, other: FrameEffect) -> bool:
        if self._order.is_protected(one, other) or not self._order.parallel(one, other):
            return False
        return not (is_counted(one.effect.path) and self._order.is_counted(other, one))


class _Access:
    """One access with what ranks its pairs."""

    def __init__(self, entry: FrameEffect, frame: Frame) -> None:
        self.entry = entry
        self.write = entry.effect.kind == EffectKind.WRITE
        self.depth = _depth(entry.effect)
        self.reentered = is_reentered(frame, entry.effect)


def _distance(access: _Access) -> tuple[bool, bool, int]:
    return access.reentered, not access.entry.effect.certain, access.depth


def _grouped(frame: Frame, racing: list[_Meeting]) -> Race:
    """One race for all accesses of an object: the surest, shortest pair speaks."""
    pairs = (pair for one in racing for pair in product(one.writes[:NEAREST], one.accesses[:NEAREST]))
    write, other = min(pairs, key=lambda pair: _weakness(*pair))
    spoken = {write.entry.effect.site, other.entry.effect.site}
    rest = {
        access.entry.effect.site: access.entry
        for meeting in racing
        for access in (*meeting.writes, *meeting.accesses)
        if access.entry.effect.site not in spoken
    }
    others = tuple(rest[site] for site in sorted(rest))
    return Race(frame, write.entry, other.entry, others, _confidence(write, other))


def _weakness(write: _Access, other: _Access) -> tuple[int, bool, int, Site]:
    return -_confidence(write, other), not other.write, write.depth + other.depth, write.entry.effect.site


def _confidence(write: _Access, other: _Access) -> Confidence:
    if write.reentered or other.reentered:
        return Confidence.LOW
    certain = write.entry.effect.certain and other.entry.effect.certain
    if not certain and write.depth + other.depth > FAR:
        return Confidence.LOW
    return Confidence.HIGH if certain else Confidence.MEDIUM


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
