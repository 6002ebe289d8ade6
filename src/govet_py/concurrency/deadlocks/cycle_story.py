"""How a deadlock between a lock and a wait is told: the holder down to its wait, the party down to the lock."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.deadlocks.parties import Party
from govet_py.concurrency.deadlocks.wait_cycles import WaitCycle
from govet_py.concurrency.deadlocks.waits import Hop, Kind, Operation, Wait
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.locks.lock_names import lock_text
from govet_py.model import ir
from govet_py.model.finding import Related, Step
from govet_py.model.source import Site

MAX_RELATED = 6

_WAITS = {
    Kind.SEND: "sends on {}, which waits for a receiver",
    Kind.RECEIVE: "receives from {}",
    Kind.WAIT: "waits for {}",
    Kind.SLEEP: "waits for {} to be signalled",
    Kind.TAKE: "waits for a slot of {}",
    Kind.DRAIN: "waits until all that was borrowed from {} has been given back",
}
_SERVES = {
    Kind.SEND: "sends on {}",
    Kind.RECEIVE: "receives from {}",
    Kind.CLOSE: "closes {}",
    Kind.DONE: "is done with {}",
    Kind.WAKE: "signals {}",
    Kind.FREE: "gives back a slot of {}",
    Kind.GIVE_BACK: "gives back {}",
}


def wait_text(code: Code, cycle: WaitCycle) -> str:
    """What the holder waits for, as it is written where it waits."""
    return _operands(code, cycle.wait)


def holder_steps(code: Code, cycle: WaitCycle) -> Iterator[Step]:
    """From the acquisition down to the wait."""
    first = cycle.holding.way[0]
    holder = code.function(first.function)
    lock = lock_text(code, cycle.holding.lock)
    for register in cycle.holding.taken[-1:]:
        yield Step(holder.site(register), f"takes {lock}", 1)
    yield from calls_down(code, cycle.holding.way, 1)
    last = cycle.holding.way[-1]
    for one in cycle.wait.alternatives:
        text = _WAITS[one.kind].format(_operand(code, one))
        yield Step(_place(code.function(last.function), one, last.register), text, 1, len(cycle.holding.way) - 1)


def party_steps(code: Code, cycle: WaitCycle, party: Party, goroutine: int) -> Iterator[Step]:
    """From the function that must serve the wait down to the acquisition that it cannot get past."""
    lock = lock_text(code, cycle.holding.lock)
    order = "no longer" if party.gone else "only after that"
    end = Step(release_site(code, party), f"{order} {served_text(code, party)}", goroutine)
    if party.behind is not None:
        site = code.function(party.behind.function).site(party.behind.register)
        yield Step(site, f"waits for a receiver of {_operands(code, party.behind)}", goroutine)
        yield end
        yield from _need_steps(code, party.need.hops, lock, goroutine + 1)
        return
    for hop in party.callback.handed[:1] if party.callback else ():
        given = f"hands over {short_name(party.callback.function)}" if party.callback else ""
        yield Step(code.function(hop.function).site(hop.register), given, goroutine)
    needed = lock if party.through is None else lock_text(code, party.through[0])
    yield from _need_steps(code, party.need.hops, needed, goroutine)
    yield end
    if party.through is not None:
        yield from _between(code, needed, lock, party.through[1].hops, goroutine + 1)


def _need_steps(code: Code, hops: tuple[Hop, ...], lock: str, goroutine: int) -> Iterator[Step]:
    yield from calls_down(code, hops, goroutine)
    last = hops[-1]
    yield Step(code.function(last.function).site(last.register), f"waits for {lock}", goroutine, len(hops) - 1)


def needed_text(code: Code, cycle: WaitCycle, party: Party) -> str:
    """What a party cannot do without."""
    lock = lock_text(code, cycle.holding.lock)
    if party.behind is not None:
        return f"a receiver of {_operands(code, party.behind)}, which needs {lock},"
    return lock if party.through is None else f"{lock_text(code, party.through[0])}, whose holder needs {lock},"


def _between(code: Code, held: str, lock: str, hops: tuple[Hop, ...], goroutine: int) -> Iterator[Step]:
    """Who holds the lock that the party needs, and needs the holder's."""
    yield Step(code.function(hops[0].function).site(hops[0].register), f"holds {held}", goroutine)
    yield from _need_steps(code, hops, lock, goroutine)


def served_text(code: Code, party: Party) -> str:
    return _SERVES[party.release.kind].format(_operand(code, party.release))


def release_site(code: Code, party: Party) -> Site:
    """Where a party serves the wait; for what is done when a function has returned, the function."""
    function = code.function(party.release.function)
    return _place(function, party.release, party.release.register)


def others(code: Code, parties: tuple[Party, ...]) -> tuple[Related, ...]:
    """The parties besides the first, which are stuck as well."""
    first = [release_site(code, party) for party in parties[:1]]
    found = {release_site(code, party): party for party in parties if release_site(code, party) not in first}
    return tuple(
        Related(site, f"{short_name(party.release.function)}, stuck as well, {served_text(code, party)}")
        for site, party in list(found.items())[:MAX_RELATED]
    )


def party_name(party: Party) -> str:
    """The function that needs the lock, as messages name it."""
    if party.behind is not None:
        return short_name(party.behind.function)
    return short_name(party.callback.function if party.callback else party.need.hops[0].function)


def holders(code: Code, cycles: list[WaitCycle]) -> tuple[Related, ...]:
    """Further functions that come to the same wait with the lock held."""
    found = {}
    for cycle in cycles:
        first = cycle.holding.way[0]
        text = f"{short_name(first.function)} holds {lock_text(code, cycle.holding.lock)} here as well"
        found[code.function(first.function).site(first.register)] = text
    return tuple(Related(site, text) for site, text in list(found.items())[:MAX_RELATED])


def calls_down(code: Code, hops: tuple[Hop, ...], goroutine: int) -> Iterator[Step]:
    """One step a call; the last hop, where it ends, is left to the caller."""
    for depth, hop in enumerate(hops[:-1]):
        function = code.function(hop.function)
        call = function.code[hop.register]
        callee = expression(function, call.callee) if isinstance(call, ir.Call) else "…"
        verb = "at the end calls" if function.is_deferred(hop.register) else "calls"
        yield Step(function.site(hop.register), f"{verb} {callee}", goroutine, depth)


def _operands(code: Code, wait: Wait) -> str:
    return " or ".join(dict.fromkeys(_operand(code, one) for one in wait.alternatives))


def _operand(code: Code, one: Operation) -> str:
    function = code.function(one.owner or one.function)
    return ".".join((expression(function, one.operand), *one.via))


def _place(function: FunctionCode, one: Operation, register: int) -> Site:
    if register >= len(function.code):
        return Site(function.path, function.function.span)
    instruction = function.code[register]
    if isinstance(instruction, ir.Select):
        for case in instruction.cases:
            if case.chan == one.operand:
                return Site(function.path, case.span)
    return function.site(register)
