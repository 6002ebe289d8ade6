"""How it is told that a close or a Wait meets what another goroutine does to the same channel or group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Reason
from govet_py.callgraph.code import Code
from govet_py.callgraph.values import KEY
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.effects.closedness import channel_cell, is_close, is_closed
from govet_py.concurrency.effects.frames import Frame
from govet_py.concurrency.effects.happens_before import Order
from govet_py.concurrency.effects.settled import FrameEffect
from govet_py.concurrency.races.encounters import Encounter
from govet_py.concurrency.races.looked_closes import is_decided_by_look
from govet_py.concurrency.races.races import Race
from govet_py.concurrency.races.story import starts_of
from govet_py.model import ir
from govet_py.model.concurrency import ELEMENT, Copies, EffectKind, Path
from govet_py.model.finding import Confidence, Finding, Rule, Step
from govet_py.model.source import Site

LOCAL = 2
"""The fields of the path of a channel that no object keeps: one function sees all that is done to it."""


class SentAfter(NamedTuple):
    """A function closes a channel, and sends on it afterwards."""

    frame: Frame
    close: FrameEffect
    send: FrameEffect


def nearest_closes(found: Iterable[SentAfter]) -> Iterator[SentAfter]:
    """Each close once, in the nearest frame."""
    told: set[Site] = set()
    for one in sorted(found, key=_distance):
        if one.close.effect.site not in told:
            told.add(one.close.effect.site)
            yield one


def _distance(after: SentAfter) -> tuple[int, str]:
    return len(starts_of(after.close, 1)) + len(starts_of(after.send, 1)), after.frame.code.id


def sent_after(frame: Frame) -> Iterator[SentAfter]:
    """The sends of a frame on a channel that the same goroutine has closed before."""
    own = [entry for entry in frame.effects if entry.effect.strand is None and entry.effect.certain]
    closes = [e for e in own if e.effect.kind == EffectKind.WRITE and _is_one(e.effect.path)]
    if not closes:
        return
    order = Order(frame.code, frame.effects)
    for close in closes:
        renewed = channel_cell(close.effect.path)
        if any(e.effect.path == renewed and e.effect.kind == EffectKind.WRITE for e in own):
            continue
        for send in own:
            is_send = send.effect.kind == EffectKind.READ and send.effect.path == close.effect.path
            if is_send and order.follows(close, send):
                yield SentAfter(frame.waits(), close, send)


def _is_one(path: Path) -> bool:
    """Whether a path means that one certain channel is closed, not some element of a collection."""
    return is_closed(path) and not {ELEMENT, KEY} & set(path.fields)


def meets(race: Race) -> bool:
    """Reports whether a close meets somebody else: it does not when it is the same close in another round, nor when
    the closer receives from the channel, which may be how it waits for the senders."""
    write, path = race.write.effect, race.write.effect.path
    channel = Path(path.root, path.fields[:-2])
    if not is_closed(path) or len(path.fields) == LOCAL or write.site == race.other.effect.site:
        return False
    waits = (entry for entry in race.frame.effects if entry.effect.kind == EffectKind.WAIT)
    return not any(w.effect.path == channel and w.effect.strand == write.strand for w in waits)


def repeats(code: Code, calls: CallGraph, race: Race) -> bool:
    """Reports whether a server runs a function for each request that closes a channel whatever it finds: the second
    one panics. (What a loop starts may have a channel of each round.)"""
    close, path = race.write.effect, race.write.effect.path
    many = close.strand is not None and close.strand.copies == Copies.MANY and close.site == race.other.effect.site
    function = code.enclosing(close.site) if many and is_closed(path) else None
    if function is None or not is_close(close) or {ELEMENT, KEY} & set(path.fields):
        return False
    callers = (edge for _, edge in calls.callers.get(function.id, ()))
    begun = all(edge.mode != ir.Mode.GO and edge.reason == Reason.VALUE for edge in callers)
    first = function.function.blocks[0]
    return begun and any(function.site(at) == close.site for at in range(first.start, first.end))


def meets_by_look(code: Code, race: Race) -> bool:
    """Reports whether two closes meet, or a close meets itself, that only a look at the channel keeps apart: both may
    find it open."""
    write, other = race.write.effect, race.other.effect
    both = is_close(write) and is_close(other)
    return both and (is_decided_by_look(code, write.site) or is_decided_by_look(code, other.site))


def sent_after_finding(rule: Rule, after: SentAfter) -> Finding:
    """A send after a close."""
    close, send, function = after.close.effect, after.send.effect, after.frame.code.id
    message = f"{close.what} is closed, and sent on afterwards: that panics (in {short_name(function)})"
    steps = (*_steps(after.close, 1, f"closes {close.what}"), *_steps(after.send, 1, f"sends on {send.what}"))
    return Finding(rule, Confidence.MEDIUM, message, close.site, function, (close.what, "sent after"), steps)


def closed_race_finding(rule: Rule, race: Race) -> Finding:
    """A close beside a send, or another close."""
    write, other = race.write.effect, race.other.effect
    deed = "closes it too" if other.kind == EffectKind.WRITE else "still sends on it"
    message = f"{write.what} may be closed while another goroutine {deed} (in {short_name(race.frame.code.id)})"
    return _finding(rule, race, message, (f"closes {write.what}", f"a {_noun(other.kind)} on a closed channel panics"))


def looked_race_finding(rule: Rule, race: Race) -> Finding:
    """Two closes that both look before."""
    write, function = race.write.effect, race.frame.code.id
    message = f"{write.what} may be closed twice: two goroutines that look at once both find it open"
    deeds = "closes it when it is found open", "has found it open, too"
    return _finding(rule, race, f"{message} (in {short_name(function)})", deeds)


def looked_encounter_finding(rule: Rule, encounter: Encounter) -> Finding:
    """A close by a goroutine of an object, and by others who have the object, both of which look before."""
    close, back, function = encounter.foreground.effect, encounter.background, encounter.foreground.function
    message = (
        f"{close.what} may be closed twice: a goroutine that {short_name(back.function)} starts and whoever calls "
        f"{short_name(function)} may both find it open"
    )
    steps = (
        *_steps(FrameEffect(0, back.effect), 1, f"closes {back.effect.what} when it is found open"),
        *_steps(FrameEffect(0, close), 2, "has found it open, too"),
    )
    return Finding(rule, Confidence.MEDIUM, message, close.site, function, (close.what, "looks"), steps)


def counted_race_finding(rule: Rule, race: Race) -> Finding:
    """A Wait beside an Add."""
    write = race.write.effect
    message = (
        f"{write.what} runs beside an Add of the same group on another goroutine: what is added late is not waited "
        f"for (in {short_name(race.frame.code.id)})"
    )
    return _finding(rule, race, message, (f"calls {write.what}", "adds to the group, which may have been waited for"))


def _noun(kind: EffectKind) -> str:
    return "close" if kind == EffectKind.WRITE else "send"


def _finding(rule: Rule, race: Race, message: str, deeds: tuple[str, str]) -> Finding:
    write, other = race.write.effect, race.other.effect
    steps = (*_steps(race.write, 1, deeds[0]), *_steps(race.other, 2, deeds[1]))
    confidence = Confidence.MEDIUM if race.confidence == Confidence.HIGH else Confidence.LOW
    function = race.frame.code.id
    return Finding(rule, confidence, message, write.site, function, (write.what, other.what), steps)


def _steps(entry: FrameEffect, goroutine: int, deed: str) -> tuple[Step, ...]:
    ways = starts_of(entry, goroutine)
    return (*ways, Step(entry.effect.site, deed, goroutine, len(ways)))
