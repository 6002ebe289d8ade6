"""Adds to a WaitGroup that come in time because who waits has turned all later ones away.

Whoever waits sets a mark first, under a lock; whoever adds asks the mark under that lock, and adds before giving it
back: what is counted was counted before the mark was set, and so before the Wait.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.effects.traces import steps
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.marks import asked, shut
from govet_py.concurrency.races.races import Race
from govet_py.model import ir
from govet_py.model.concurrency import Effect
from govet_py.model.source import Site


def is_turned_away(code: Code, guarded: GuardedMembers, race: Race) -> bool:
    """Reports whether all that a race has beside a Wait are Adds that a mark keeps from coming after it."""
    write = race.write.effect
    closed = {mark for function, at in _way(code, write) for mark in shut(code, guarded, function, at)}
    adds = {entry.effect for entry in (race.other, *race.others) if entry.effect.kind != write.kind}
    return bool(closed) and all(
        any(not closed.isdisjoint(asked(code, guarded, function, at)) for function, at in _way(code, add))
        for add in adds
    )


def _way(code: Code, effect: Effect) -> Iterator[tuple[FunctionCode, int]]:
    """The call that an effect is, and those that lead to it on the same goroutine, innermost first."""
    sites: list[Site] = []
    for step in steps(effect.trace):
        sites = [] if step.goroutine else [step.site, *sites]
    for site in (effect.site, *sites):
        function = code.enclosing(site)
        if function is not None:
            yield from ((function, at) for at in function.of_kind(ir.Call) if function.site(at) == site)
