"""Channels of functions that goroutines receive from and run: to send a function there is to start it.

`Submit(task func())` of a worker pool sends its argument on a channel that is a field; `work()`, a goroutine,
calls what it receives from the field. The channel is known by its member, for all objects of the type alike.
A single worker runs one function after the other, as if each held a lock of the channel. A WaitGroup beside the
channel of which workers call Done for each function is told of its end.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.knowledge.concurrency import DONE
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Copies, Path
from govet_py.resolve.elements import range_over


class WorkQueues:
    """The channels of a program whose elements are run, and by how many goroutines."""

    def __init__(self, code: Code, calls: CallGraph, values: ValueAnalysis) -> None:
        self._code = code
        self._calls = calls
        self._values = values
        self._workers: dict[Member, Copies] = {}
        self._told: dict[Member, frozenset[tuple[str, ...]]] = {}
        for id, register in calls.open_calls:
            function = code.function(id)
            member = self._received_from(function, register)
            copies = self._copies(id) if member is not None else None
            if member is not None and copies is not None:
                self._workers[member] = max(copies, self._workers.get(member, copies))
                told = frozenset(self._told_after(function, register))
                self._told[member] = self._told.get(member, told) & told

    def workers(self, code: FunctionCode, channel: int) -> Copies | None:
        """How many goroutines run what is sent on the channel in a register; None where none does."""
        member = member_of(self._code.program, code, channel) if self._workers else None
        return self._workers.get(member) if member is not None else None

    def told(self, code: FunctionCode, channel: int) -> tuple[Path, ...]:
        """What is told when a function has run that was sent on the channel in a register."""
        member = member_of(self._code.program, code, channel) if self._told else None
        beside = sorted(self._told.get(member, ())) if member is not None else ()
        owners = (Path(path.root, path.fields[:-1]) for path in self._values.paths(code, channel) if path.fields)
        return tuple(owner.extend(fields) for owner in owners for fields in beside)

    def _told_after(self, code: FunctionCode, call: int) -> Iterator[tuple[str, ...]]:
        """The WaitGroups of which a worker calls Done in each round, behind the function: from the object it is of."""
        for at in code.of_kind(ir.Call):
            done = code.callee(at)
            beside = code.loop_of(at) == code.loop_of(call) and code.mode_of(at) == ir.Mode.CALL and at > call
            if beside and p.is_one_of(done, DONE) and isinstance(done, p.Static):
                yield from (path.fields for path in self._values.paths(code, done.receiver) if path.fields)

    def _received_from(self, code: FunctionCode, call: int) -> Member | None:
        """The channel from which a called function value was received."""
        callee = code.callee(call)
        register = callee.register if isinstance(callee, p.Value) else ir.NONE
        taken = code.taken_by(register) if register != ir.NONE else ir.NONE
        part = code.code[code.source(register)] if register != ir.NONE else None
        match code.code[taken] if taken != ir.NONE else None:
            case ir.Next() as step:
                return member_of(self._code.program, code, range_over(code.code, step))
            case ir.Recv() as step:
                return member_of(self._code.program, code, step.chan)
            case ir.Select() as step if isinstance(part, ir.Extract) and part.tuple == taken:
                cases = step.cases[part.index // 2 :]
                return member_of(self._code.program, code, cases[0].chan) if cases else None
        return None

    def _copies(self, id: str) -> Copies | None:
        """How many goroutines a function is, if it is one."""
        starts = list(self._starts(id))
        if not starts:
            return None
        one = len(starts) == 1 and starts[0][0].loop_of(starts[0][1]) == ir.NONE
        return Copies.ONE if one else Copies.MANY

    def _starts(self, id: str) -> Iterator[tuple[FunctionCode, int]]:
        for caller, edge in self._calls.callers.get(id, ()):
            if edge.mode == ir.Mode.GO and isinstance(caller, str):
                yield self._code.function(caller), edge.site
