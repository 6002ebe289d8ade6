"""The operations on WaitGroups, by function and by group.

A *group* is named by its access path within a body, and across functions by its member (type and field).
`errgroup.Group` counts as far as starting and waiting go.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.locks.lock_names import lock_name
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path


class Op(Enum):
    """What a call does to a group. GO starts a function and counts it."""

    ADD = "Add"
    DONE = "Done"
    WAIT = "Wait"
    GO = "Go"


class GroupCall(NamedTuple):
    """Operation `op` on group `path` at `register`; `delta` is the constant that Add adds, None when it is
    no constant. `member` names the group across functions, if it is a field or package variable."""

    op: Op
    register: int
    path: Path
    member: Member | None
    delta: int | None

    def is_on(self, other: "GroupCall") -> bool:
        """Reports whether two calls in one body, or on fields anywhere, are on one group."""
        return self.path == other.path or self.has_member_of(other)

    def has_member_of(self, other: "GroupCall") -> bool:
        """Reports whether two calls anywhere are on one field or package variable."""
        return self.member is not None and self.member == other.member


class WaitGroups:
    """All operations of a program."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        names = dict.fromkeys(knows.ADD, Op.ADD)
        names |= dict.fromkeys(knows.DONE, Op.DONE) | dict.fromkeys(knows.WAIT, Op.WAIT)
        names |= {name: Op.GO for name, spawner in knows.SPAWNERS.items() if spawner.grouped}
        self.calls: dict[str, list[GroupCall]] = {}
        """By function, in order of registers."""
        for name, op in names.items():
            for id, register in calls.named(name):
                found = self._call(self._code.function(id), register, op)
                if found is not None:
                    self.calls.setdefault(id, []).append(found)
        for found_calls in self.calls.values():
            found_calls.sort(key=lambda call: call.register)

    def _call(self, code: FunctionCode, register: int, op: Op) -> GroupCall | None:
        call, callee = code.code[register], code.callee(register)
        if not isinstance(call, ir.Call) or not isinstance(callee, p.Static) or callee.receiver == ir.NONE:
            return None
        paths = [path.extend(callee.via) for path in self._values.paths(code, callee.receiver)]
        if len(paths) != 1:
            return None
        delta = None
        if op == Op.ADD:
            delta = code.types.constant_int(code.index, call.args[0]) if call.args else None
            op = Op.DONE if delta is not None and delta < 0 else Op.ADD
        member = member_of(self._code.program, code, callee.receiver, callee.via)
        return GroupCall(op, register, paths[0], member, delta)

    def path_of(self, code: FunctionCode, register: int) -> Path | None:
        """The one group that a register may name, as an argument does."""
        paths = self._values.paths(code, register)
        return paths[0] if len(paths) == 1 else None

    def of(self, id: str, op: Op) -> list[GroupCall]:
        """The calls of one kind in a function."""
        return [call for call in self.calls.get(id, ()) if call.op == op]

    def in_body(self, code: FunctionCode, op: Op) -> list[tuple[str, GroupCall]]:
        """The calls of one kind in a declared function and the literals inside it."""
        ids = (literal_id(code.body_id, index) for index in range(len(code.body.functions)))
        return [(id, call) for id in ids for call in self.of(id, op)]

    @cached_property
    def waited(self) -> dict[Member, list[tuple[str, int]]]:
        """Where groups that have a member are waited for."""
        found: dict[Member, list[tuple[str, int]]] = {}
        for id in sorted(self.calls):
            for call in self.of(id, Op.WAIT):
                if call.member is not None:
                    found.setdefault(call.member, []).append((id, call.register))
        return found

    def dones(self, code: FunctionCode) -> list[GroupCall]:
        """The Done calls on a function's own goroutine: its own, and those of literals that it calls or defers;
        they stand at the call of the literal."""
        found = list(self.of(code.id, Op.DONE))
        for register, instruction in enumerate(code.code):
            if isinstance(instruction, ir.Call) and instruction.mode != ir.Mode.GO:
                made = code.code[instruction.callee]
                if isinstance(made, ir.MakeClosure):
                    inner = self.of(literal_id(code.body_id, made.function), Op.DONE)
                    found.extend(call._replace(register=register) for call in inner)
        return found

    def of_callees(self, code: FunctionCode, op: Op) -> list[GroupCall]:
        """The calls of one kind in what a function calls or defers itself, also where that was given to it as a value;
        the method of a group that it was given stands at its own call."""
        found: list[GroupCall] = []
        for edge in self._calls.edges.get(code.id, ()):
            if edge.mode != ir.Mode.GO and isinstance(code.code[edge.site], ir.Call) and isinstance(edge.target, str):
                found += self.of(edge.target, op)
        return found + [call for call in self._of_values(code) if call.op == op]

    def _of_values(self, code: FunctionCode) -> Iterator[GroupCall]:
        """The calls of method values such as `group.Done`, which another function may have returned."""
        for register in code.of_kind(ir.Call):
            if isinstance(code.callee(register), p.Value):
                for target in self._values.targets(code, register):
                    for path in target.receivers if target.function in knows.DONE else ():
                        name = lock_name(self._code, code, path)
                        yield GroupCall(Op.DONE, register, path, name if isinstance(name, Member) else None, None)
