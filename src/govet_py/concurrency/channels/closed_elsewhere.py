"""Channels of an object that its own goroutine closes when it ends by itself, and whoever ends the object once more.

Both close whenever they are run, the goroutine perhaps when something has failed or another channel tells it to, or ask
only for marks, or a sync.Once, that keep them from doing it twice themselves: nobody asks whether the other one has
been there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from govet_py.callgraph import callgraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.concurrency.channels.channel_model import Closed, Closing, Op
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.unmarked import Test, asked, is_decided_above
from govet_py.concurrency.flow.control import behind_edges, tests
from govet_py.concurrency.flow.exits import Edge
from govet_py.knowledge.atomics import ATOMICS, Does
from govet_py.knowledge.channels import ENDS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import is_error

MAX_DEPTH = 4
Registered = Mapping[str, list[callgraph.Edge]]


class ClosedByBoth:
    """The closes that meet, of a program."""

    def __init__(self, code: Code, runs: Runs, registered: Registered) -> None:
        self._code = code
        self._runs = runs
        self._registered = registered

    def find(self, closes: list[Op]) -> Iterator[Closing]:
        """One finding a close of a method that ends things."""
        by_member: dict[Member, list[Op]] = {}
        for op in closes:
            function = self._code.function(op.function)
            call = function.code[op.register]
            member = member_of(self._code.program, function, call.args[0]) if isinstance(call, ir.Call) else None
            counts = self._counts(op) or self._comes_by_itself(op)
            if member is not None and member.owner and counts and not _renews(self._code, function, member):
                by_member.setdefault(member, []).append(op)
        for ops in by_member.values():
            for end in (op for op in ops if len(ops) > 1 and self._is_end(op)):
                own = next((op for op in ops if self._closes_before(op, end)), None)
                if own is not None:
                    yield Closing(None, end, own, Closed.BOTH)

    def _is_end(self, op: Op) -> bool:
        """Whether a close is there for whoever ends the object: by its place, or since a sync.Once runs it."""
        return self._counts(op) and (self._runs.is_once(op.function) or self._ends_things(self._around(op.function)))

    def _comes_by_itself(self, op: Op) -> bool:
        """Whether a close comes where something has failed, or where another channel has been heard."""
        if is_behind_failure(self._code.function(op.function), op.register):
            return True
        return not self._runs.is_once(op.function) and self._marks(op, heard=True) is not None

    def _around(self, function: str) -> str:
        """The function that a literal which is only called in place, or deferred, is a part of."""
        inner = self._code.function(function)
        uses = self._runs.uses(function) if inner.index != 0 else ()
        here = len(uses) == 1 and uses[0].how in (How.INLINE, How.DEFERRED) and uses[0].caller
        if not here or self._code.function(uses[0].caller).body_id != inner.body_id:
            return function
        return self._around(uses[0].caller)

    def _counts(self, op: Op) -> bool:
        """Whether nothing but marks decides about a close."""
        if is_decided_above(self._code, self._runs, op.function):
            return False
        return self._marks(op) is not None

    def _closes_before(self, own: Op, end: Op) -> bool:
        """Whether one close comes on a goroutine, and the other one after it is not kept back by what that sets."""
        body = self._code.function(end.function).body_id
        marks = self._marks(end)
        closer = self._code.function(own.function)
        if closer.body_id == body or marks is None or self._runs.is_once(own.function):
            return False
        if self._marks(own, heard=True) != set() and not is_behind_failure(closer, own.register):
            return False
        gate = self._gate(end.function)
        around = body if gate is None else ""
        return self._on_goroutine(own.function, around, gate, {mark.name for mark in marks})

    def _is_run_by(self, gate: Member | None, function: str) -> bool:
        return gate is not None and bool(gate.name) and self._gate(function) == gate

    def _gate(self, function: str) -> Member | None:
        """The field of the sync.Once that runs a literal, without a name if it is not one."""
        run = self._runs.once_run(function)
        callee = run[0].callee(run[1]) if run is not None else None
        if run is None or not isinstance(callee, p.Static):
            return None
        return member_of(self._code.program, run[0], callee.receiver) or Member("", "", "")

    def _marks(self, op: Op, heard: bool = False) -> set[Member] | None:
        """The fields whose tests alone decide whether a function closes; None where anything else does. `heard`: but
        for which channel is heard first."""
        function = self._code.function(op.function)
        marks: set[Member] = set()
        failed: list[Edge] = []
        for branch, failing in _deciding(function, op.register):
            test = function.code[function.function.blocks[branch].end - 1]
            if heard and isinstance(test, ir.Select) and not test.has_default:
                failed.append((branch, failing))
                continue
            holds = function.function.blocks[branch].succs[0] != failing
            found = list(self._asked(function, test.cond, holds)) if isinstance(test, ir.If) else []
            if not found or None in found:
                return None
            marks.update(one for one in found if one is not None)
            failed.append((branch, failing))
        return None if self._runs.exits(function).reach(ir.NONE, (op.register,), failed) else marks

    def _asked(self, function: FunctionCode, condition: int, holds: bool) -> Iterator[Member | None]:
        """The fields that a condition asks for, also where they are asked and set in one step; else None."""
        step = function.code[condition]
        while isinstance(step, ir.Unary):
            condition = step.operand
            step = function.code[condition]
        callee = function.callee(condition) if isinstance(step, ir.Call) else None
        if p.is_one_of(callee, ATOMICS):
            yield member_of(self._code.program, function, callee.receiver)
            return
        for test in asked(self._code, function, condition, holds):
            yield test.member if isinstance(test, Test) and test.member.owner else None

    def _ends_things(self, function: str) -> bool:
        """Whether a function is a method that is there to end its object, or such a one calls it."""
        callers = (use.caller for use in self._runs.uses(function) if use.how in (How.INLINE, How.DEFERRED))
        return any(self._is_ender(one) for one in (function, *(caller for caller in callers if caller)))

    def _is_ender(self, function: str) -> bool:
        inner = self._code.function(function)
        declared = self._code.program.functions[inner.body_id]
        return inner.index == 0 and declared.receiver is not None and declared.name.rpartition(".")[2] in ENDS

    def _on_goroutine(self, function: str, end: str, gate: Member | None, marks: set[str]) -> bool:
        """Whether a function runs on a goroutine of the program, in no way that leads through `end`, or the sync.Once
        `gate`, or sets a mark."""
        level, seen = [function], {function}
        for _ in range(MAX_DEPTH):
            callers: list[str] = []
            for one in level:
                if marks and self._sets(self._code.function(one), marks):
                    continue
                for use in self._runs.uses(one):
                    caller = self._code.get(use.caller) if use.caller else None
                    if caller is None or caller.body_id == end or self._is_run_by(gate, caller.id):
                        continue
                    if use.how == How.STARTED:
                        return True
                    callers.extend([caller.id] if use.how != How.UNKNOWN else [])
                callers.extend(self._invokers.get(one, ()))
            level = [caller for caller in dict.fromkeys(callers) if caller not in seen]
            seen.update(level)
        return False

    def _sets(self, function: FunctionCode, marks: set[str]) -> bool:
        """Whether a function, or a literal inside it, may set a field of such a name."""
        inner = [function.index]
        for index, literal in enumerate(function.body.functions):
            if literal.parent in inner and index not in inner:
                inner.append(index)
        return any(_may_set(self._code.sibling(function, index), marks) for index in inner)

    @cached_property
    def _invokers(self) -> dict[str, list[str]]:
        """By function, those that run it since it was registered with them."""
        found: dict[str, list[str]] = {}
        for caller, edges in self._registered.items():
            for edge in edges:
                if isinstance(edge.target, str):
                    found.setdefault(edge.target, []).append(caller)
        return found


def is_behind_failure(code: FunctionCode, register: int) -> bool:
    """Reports whether control comes to an instruction only where something has failed."""
    goal = code.block_of(register)
    for block, test in tests(code):
        compared = code.code[test.cond]
        sides = (compared.left, compared.right) if isinstance(compared, ir.Binary) else ()
        if any(is_error(code.type_of(side)) for side in sides):
            if any(goal in behind_edges(code, [(block, branch)]) for branch in (0, 1)):
                return True
    return False


def _deciding(function: FunctionCode, register: int) -> Iterator[Edge]:
    """The branches that decide whether control comes to an instruction, with the successor from which it does not."""
    goal = function.block_of(register)
    for index, block in enumerate(function.function.blocks):
        if len(block.succs) > 1:
            failing = [one for one in block.succs if one != goal and not function.leads(one, goal)]
            if len(failing) < len(block.succs):
                yield from ((index, one) for one in failing)


def _renews(code: Code, function: FunctionCode, member: Member) -> bool:
    """Whether a function sets the field."""
    return any(member_at(code.program, function, at) == member for at in function.of_kind(ir.SetField))


def _may_set(function: FunctionCode, marks: set[str]) -> bool:
    for at in function.of_kind(ir.SetField, ir.FieldAddr, ir.Call):
        step = function.code[at]
        if isinstance(step, ir.Call):
            callee = function.callee(at)
            known = ATOMICS.get(callee.function) if isinstance(callee, p.Static) else None
            place = callee.receiver if isinstance(callee, p.Static) and known and known.does != Does.READ else ir.NONE
            step = function.code[place] if place != ir.NONE else step
        if isinstance(step, ir.SetField | ir.FieldAddr | ir.Selector) and step.name in marks:
            return True
    return False
