"""How a lock that is held across the network is told."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code
from govet_py.concurrency.cycle_story import calls_down
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.lock_names import lock_text
from govet_py.concurrency.network_waits import NetworkWait
from govet_py.model import ir
from govet_py.model.finding import Step


def network_message(code: Code, wait: NetworkWait, near: bool) -> str:
    """The message; `near`: the event loop is certain enough to be named."""
    holder = wait.way[0]
    function = code.function(holder.function)
    call = function.code[holder.register]
    called = expression(function, call.callee) if isinstance(call, ir.Call) else "…"
    lock = lock_text(code, wait.lock)
    if near and wait.loop is not None:
        loop = wait.loop.receive.function
        who = f"{short_name(loop)} needs it for every value that it receives"
    else:
        who = f"{len(wait.users)} other functions need it"
    return f"{lock} is held while {short_name(holder.function)} waits for the network in {called}; {who}"


def network_steps(code: Code, wait: NetworkWait, near: bool) -> Iterator[Step]:
    """From the acquisition down to the network, and from the event loop down to the lock."""
    holder, lock = wait.way[0], lock_text(code, wait.lock)
    for register in wait.taken[:1]:
        yield Step(code.function(holder.function).site(register), f"takes {lock}", 1)
    yield from calls_down(code, wait.way, 1)
    last = wait.way[-1]
    yield Step(code.function(last.function).site(last.register), "waits for the network", 1, len(wait.way) - 1)
    if near and wait.loop is not None:
        receive, hops = wait.loop.receive, wait.loop.need.hops
        yield Step(code.function(receive.function).site(receive.register), "receives value after value", 2)
        yield from calls_down(code, hops, 2)
        end = hops[-1]
        yield Step(code.function(end.function).site(end.register), f"waits for {lock}", 2, len(hops) - 1)
