"""Ranges over channels of fields that nothing closes, where somebody counts on the end of the loop.

That is a `Wait` for a group that the goroutine counts down behind the loop, a receive of what it sends there, or the
loop itself: in a method that is there to end things. A loop that nobody waits for is meant to run on, unless its
channel is taken out of the table where its senders find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_model import Channel, OpKind
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.unclosed import end_of
from govet_py.concurrency.flow.control import behind_edges
from govet_py.concurrency.flow.exits import Edge
from govet_py.knowledge.channels import ENDS
from govet_py.knowledge.concurrency import DONE, WAIT
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Chan, Map

Place = tuple[str, int]


def unclosed_fields(code: Code, calls: CallGraph, runs: Runs, channels: list[Channel]) -> Iterator[Blocked]:
    """One finding a range."""
    told: set[Place] = set()
    ends = _Ends(code, calls, channels)
    for channel in channels:
        if not channel.members or channel.escapes or channel.of(OpKind.CLOSE):
            continue
        for op in channel.of(OpKind.RECEIVE):
            function, place = code.function(op.function), (op.function, op.register)
            edge = end_of(function, op.register)
            if edge is None or place in told or runs.exits(function).reach(op.register, (), (edge,)):
                continue
            only = _is_started(runs, op.function) and not runs.exits(function).reach(ir.NONE, (), (edge,))
            waits = ends.waits(function, edge) if only else None
            taken_out = ends.taken_out(channel) if only and waits is None else ()
            if waits is not None or _ends_things(code, runs, function):
                told.add(place)
                yield Blocked(channel, op, Why.UNCLOSED, (), (waits,) if waits is not None else ())
            elif taken_out:
                told.add(place)
                yield Blocked(channel, op, Why.TAKEN_OUT, (), taken_out)


def _is_started(runs: Runs, function: str) -> bool:
    return any(use.how == How.STARTED for use in runs.uses(function))


def _ends_things(code: Code, runs: Runs, function: FunctionCode) -> bool:
    """Whether a function is a method that is there to end its object, or a literal that such a method runs."""
    declared = code.program.functions[function.body_id]
    name = function.body_id.rpartition(".")[2]
    if function.index != 0 and any(use.how not in (How.INLINE, How.DEFERRED) for use in runs.uses(function.id)):
        return False
    return declared.receiver is not None and name[:1].upper() + name[1:] in ENDS


class _Ends:
    """Who waits for the end of goroutines, by groups and channels of fields."""

    def __init__(self, code: Code, calls: CallGraph, channels: list[Channel]) -> None:
        self._code = code
        self._waits: dict[Member, Place] = {}
        for name in sorted(WAIT):
            for id, register in calls.named(name):
                function = code.function(id)
                callee = function.callee(register)
                member = self._group(function, callee) if isinstance(callee, p.Static) else None
                if member is not None:
                    self._waits.setdefault(member, (id, register))
        for channel in channels:
            for op in channel.of(OpKind.RECEIVE):
                for one in channel.members:
                    self._waits.setdefault(one, (op.function, op.register))

    def taken_out(self, channel: Channel) -> tuple[Place, ...]:
        """Where channels of one kind are deleted from the map that they are kept in."""
        return tuple(place for member, place in self._deleted if member in channel.members)

    @cached_property
    def _deleted(self) -> list[tuple[Member, Place]]:
        """The entries that are deleted from maps of channels, by the member that holds the map."""
        found: list[tuple[Member, Place]] = []
        for id in self._code.ids():
            function = self._code.function(id)
            for register in function.of_kind(ir.Call):
                step = function.code[register]
                name = function.code[step.callee] if isinstance(step, ir.Call) and step.args else None
                if isinstance(name, ir.Name) and name.name == "delete" and isinstance(step, ir.Call):
                    table = self._code.program.underlying(function.type_of(step.args[0]))
                    kept = isinstance(table, Map) and isinstance(self._code.program.underlying(table.elem), Chan)
                    member = member_of(self._code.program, function, step.args[0]) if kept else None
                    if member is not None and function.callee(register) == p.BuiltinCall("delete"):
                        found.append((member, (id, register)))
        return found

    def _group(self, function: FunctionCode, callee: p.Static) -> Member | None:
        return member_of(self._code.program, function, callee.receiver) if callee.receiver >= 0 else None

    def waits(self, function: FunctionCode, edge: Edge) -> Place | None:
        """Where somebody waits for what a function does behind the end of a loop, or defers."""
        block, successor = edge
        behind = behind_edges(function, [(block, function.function.blocks[block].succs.index(successor))])
        for register, step in enumerate(function.code):
            if function.is_deferred(register) or function.block_of(register) in behind:
                member = self._tells(function, register, step)
                if member in self._waits:
                    return self._waits[member]
        return None

    def _tells(self, function: FunctionCode, register: int, step: ir.Instruction) -> Member | None:
        if isinstance(step, ir.Send):
            return member_of(self._code.program, function, step.chan)
        callee = function.callee(register) if isinstance(step, ir.Call) else None
        if p.is_one_of(callee, DONE):
            return self._group(function, callee)
        if isinstance(step, ir.Call) and callee == p.BuiltinCall("close"):
            return member_of(self._code.program, function, step.args[0])
        return None
