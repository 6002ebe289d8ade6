"""WaitGroups that count items: whoever queues one adds it, and the worker that takes it out counts it down.

All calls of Done but those behind an Add are in one function, which is run for each item, or round for round in a loop
that takes them out of a channel. A way through it that leaves Done out has lost an item: the wait never returns. To
send the item on, or to start something with it, is no loss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import sends_of
from govet_py.concurrency.flow.control import case_start
from govet_py.concurrency.flow.loop_bounds import ranges_over_channel
from govet_py.concurrency.flow.obligations import DEFERRED, DISCHARGED, Duty, Exit, Obligations, Success
from govet_py.concurrency.flow.path_facts import not_nil
from govet_py.concurrency.obligations.never_done import Call, by_group
from govet_py.concurrency.obligations.wait_groups import GroupCall, Op, WaitGroups
from govet_py.model import ir
from govet_py.model.types import Struct
from govet_py.resolve.universe import BOOL, UNTYPED_BOOL

_TOKENS = (Struct(), BOOL, UNTYPED_BOOL)
PassesOn = Callable[[FunctionCode, GroupCall], frozenset[int]]


class LostItem(NamedTuple):
    """An item that `function` takes is not counted down by `done`, as others are, on the ways `held`."""

    function: str
    done: GroupCall
    held: tuple[Exit, ...]


def lost_items(code: Code, calls: CallGraph, groups: WaitGroups, passes_on: PassesOn) -> Iterator[LostItem]:
    """One finding a group. `passes_on`: the instructions that may leave a group's Done to someone else."""
    for found in by_group(groups).values():
        adds, dones, waits = ([one for one in found if one[1].op == op] for op in (Op.ADD, Op.DONE, Op.WAIT))
        adders = {id for id, _ in adds}
        worker = _worker(code, groups, [one for one in dones if one[0] not in adders]) if waits else None
        queued = any(True for id in adders for _ in items_sent(code.function(id)))
        if worker is None or worker.id in adders or not queued:
            continue
        ours = [done for done in groups.dones(worker) if any(done.is_on(one) for _, one in dones)]
        if any(_takes_out(worker, done.register) for done in ours):
            starts = _takes(worker, ours)
        else:
            starts = {} if _is_run_for_items(code, calls, worker) else None
        if starts is not None:
            yield from _lost(code, worker, ours, starts, passes_on(worker, ours[0]))


def _worker(code: Code, groups: WaitGroups, dones: list[Call]) -> FunctionCode | None:
    """The one function that counts down, by itself or by literals that it calls or defers."""
    workers: list[FunctionCode] = []
    for id, done in dones:
        inner = code.function(id)
        outer = code.sibling(inner, inner.function.parent) if inner.function.parent != ir.NONE else None
        is_run = outer is not None and any(done.is_on(one) for one in groups.dones(outer))
        worker = outer if is_run and outer is not None else inner
        workers.extend([worker] if worker not in workers else [])
    return workers[0] if len(workers) == 1 else None


def items_sent(code: FunctionCode) -> Iterator[int]:
    """Where a function has sent something that says more than that it was sent: a slot of a semaphore does not."""
    for at in code.of_kind(ir.Send, ir.Select):
        for _, value, case in sends_of(code.code[at]):
            if code.type_of(value) not in _TOKENS:
                yield case_start(code, at, case)


def _is_run_for_items(code: Code, calls: CallGraph, worker: FunctionCode) -> bool:
    """Whether a function is only called, and each time in a loop that takes things out of a channel."""
    edges = calls.callers.get(worker.id, ())
    return bool(edges) and all(
        isinstance(caller, str)
        and (edge.mode, edge.reason) == (ir.Mode.CALL, Reason.STATIC)
        and _takes_out(code.function(caller), edge.site)
        for caller, edge in edges
    )


def _takes_out(code: FunctionCode, register: int) -> bool:
    """Whether an instruction is in a loop that receives."""
    loop = code.loop_of(register)
    return loop != ir.NONE and any(code.inside(code.loop_of(at), loop) for at in _receives(code))


def _receives(code: FunctionCode) -> Iterator[int]:
    for at in code.of_kind(ir.Recv, ir.Next, ir.Select):
        step = code.code[at]
        if not isinstance(step, ir.Next) or ranges_over_channel(code, step):
            yield at


def _takes(code: FunctionCode, dones: list[GroupCall]) -> dict[int, Success | None] | None:
    """Where the loop around a Done has received an item; None where it is not told which one is counted."""
    loop = code.loop_of(dones[0].register)
    inside = [at for at in _receives(code) if code.inside(code.loop_of(at), loop)]
    if len(inside) != 1 or isinstance(code.code[inside[0]], ir.Select):
        return None
    if isinstance(code.code[inside[0]], ir.Next):
        body = code.function.blocks[code.block_of(inside[0])].succs[0]
        return {code.function.blocks[body].start: None}
    asked = any(code.code[at] == ir.Extract(inside[0], 1) for at in code.of_kind(ir.Extract))
    return {inside[0]: Success(1, False) if asked else None}


def _lost(
    code: Code, worker: FunctionCode, dones: list[GroupCall], starts: dict[int, Success | None], others: frozenset[int]
) -> Iterator[LostItem]:
    deferred = frozenset(done.register for done in dones if worker.is_deferred(done.register))
    if starts and deferred:
        return
    sends = frozenset(items_sent(worker)) | frozenset(worker.go_statements())
    discharges = frozenset(done.register for done in dones) - deferred | others | sends
    known = not_nil(dones[0].path)
    duty = Duty(starts, discharges, deferred, held_at_entry=not starts, known=known)
    exits = Obligations(code, worker, duty).exits()
    held = tuple(exit for exit in exits if exit.leaks and (exit.again or not starts))
    if held and any(exit.status & (DISCHARGED | DEFERRED) for exit in exits):
        yield LostItem(worker.id, dones[0], held)
