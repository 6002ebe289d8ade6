"""How a lock that is held across the network is told."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code
from govet_py.concurrency.deadlocks.cycle_story import calls_down
from govet_py.concurrency.deadlocks.network_waits import NetworkWait
from govet_py.concurrency.deadlocks.waits import Hop
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.locks.lock_names import lock_text
from govet_py.model import ir
from govet_py.model.finding import Related, Step

MAX_RELATED = 6


def network_message(code: Code, wait: NetworkWait) -> str:
    """What is held across the network, and who is held up."""
    holder = wait.way[0]
    function = code.function(holder.function)
    call = function.code[holder.register]
    called = expression(function, call.callee) if isinstance(call, ir.Call) else "…"
    lock = lock_text(code, wait.lock)
    if wait.near is not None:
        loop = wait.near.receive.function
        who = f"{short_name(loop)} needs it for every value that it receives"
    elif wait.queue is not None:
        wider = lock_text(code, wait.queue.lock)
        who = f"{short_name(wait.queue.function)} holds {wider} while it comes to it, so that others wait as well"
    else:
        who = f"{len(wait.users)} other functions need it"
    return f"{lock} is held while {short_name(holder.function)} waits for the network in {called}; {who}"


def network_steps(code: Code, wait: NetworkWait) -> Iterator[Step]:
    """From the acquisition down to the network, and from the event loop or the convoy down to the lock."""
    holder, lock = wait.way[0], lock_text(code, wait.lock)
    for register in wait.taken[:1]:
        yield Step(code.function(holder.function).site(register), f"takes {lock}", 1)
    yield from calls_down(code, wait.way, 1)
    last = wait.way[-1]
    yield Step(code.function(last.function).site(last.register), "waits for the network", 1, len(wait.way) - 1)
    if wait.near is not None:
        receive = wait.near.receive
        yield Step(code.function(receive.function).site(receive.register), "receives value after value", 2)
        yield from _down_to(code, wait.near.need.hops, lock)
    elif wait.queue is not None:
        hops = wait.queue.need.hops
        start = code.function(hops[0].function).site(hops[0].register)
        yield Step(start, f"holds {lock_text(code, wait.queue.lock)} here", 2)
        yield from _down_to(code, hops, lock)


def _down_to(code: Code, hops: tuple[Hop, ...], lock: str) -> Iterator[Step]:
    yield from calls_down(code, hops, 2)
    end = hops[-1]
    yield Step(code.function(end.function).site(end.register), f"waits for {lock}", 2, len(hops) - 1)


def network_holders(code: Code, waits: list[NetworkWait]) -> tuple[Related, ...]:
    """Further functions that hold the lock meanwhile."""
    return tuple(
        Related(code.function(at.function).site(at.register), f"{short_name(at.function)} holds the lock here as well")
        for at in (wait.way[0] for wait in waits[:MAX_RELATED])
    )
