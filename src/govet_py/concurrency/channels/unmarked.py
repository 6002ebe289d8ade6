"""Closes behind a test of a mark that nothing sets: whoever comes again passes the test, and closes again.

The mark is a field, seen by type: a boolean that is never written, or the channel itself, which is made where it is nil
and never becomes nil again. Where a lock is held, several are expected to come, and it does not matter how the channel
is made; the tests that count are then those under the lock. Where some closes set the channel to nil right away, the
one that does not, and whose function and callers do not write it, has forgotten to. Fields that other packages may
write, and those whose address is taken, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.concurrency.channels.channel_model import Closed, Closing, Op
from govet_py.concurrency.channels.runs import Runs
from govet_py.concurrency.flow.control import decisions
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge.concurrency import PRIMITIVES
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import LockMode, Path
from govet_py.model.types import Chan, deref

MAX_TESTS = 4
MAX_CALLERS = 2


CONSTANT = "constant"
"""A test of a variable that a literal captures and nothing ever changes."""


class Test(NamedTuple):
    """A member that a test asks for being there (`is_nil`: against nil), and the answer that leads on."""

    member: Member
    is_nil: bool
    holds: bool


def unmarked(code: Code, runs: Runs, locks: dict[str, LockSets], closes: list[Op]) -> Iterator[Closing]:
    """One finding a close."""
    marks = _Marks(code)
    for op in closes:
        function = code.function(op.function)
        call = function.code[op.register]
        channel = member_of(code.program, function, call.args[0]) if isinstance(call, ir.Call) else None
        if runs.is_once(op.function):
            continue
        locked = _write_locks(locks, op.function, op.register)
        tests = _locked_tests(code, locks, op, locked)
        stale = [
            one
            for one in tests
            if one == CONSTANT or (isinstance(one, Test) and marks.is_stale(one, channel, bool(locked)))
        ]
        if stale and len(stale) == len(tests) and not is_decided_above(code, runs, op.function):
            yield Closing(None, op, op, Closed.UNMARKED)
        elif channel is not None and Test(channel, True, True) in tests and marks.is_forgotten(channel, op, runs):
            yield Closing(None, op, op, Closed.LEFT)


def _locked_tests(code: Code, locks: dict[str, LockSets], op: Op, locked: frozenset[Path]) -> list[Test | str | None]:
    """The tests in front of a close, under the locks that it holds."""
    function = code.function(op.function)
    return _tests(code, function, op.register, lambda at: locked <= _write_locks(locks, op.function, at))


def _write_locks(locks: dict[str, LockSets], function: str, register: int) -> frozenset[Path]:
    held = locks[function].taken_at(register) if function in locks else ()
    return frozenset(lock.path for lock in held if lock.mode == LockMode.WRITE)


def is_decided_above(code: Code, runs: Runs, function: str, depth: int = 0) -> bool:
    """Reports whether every caller asks something before."""
    uses = runs.uses(function) if depth < MAX_CALLERS else ()
    return bool(uses) and all(
        not use.caller
        or bool(_tests(code, code.function(use.caller), use.register))
        or is_decided_above(code, runs, use.caller, depth + 1)
        for use in uses
    )


def _tests(
    code: Code, function: FunctionCode, register: int, counts: Callable[[int], bool] = lambda _: True
) -> list[Test | str | None]:
    """The tests that alone lead to an instruction, as they turned out: None for a test that may ask anything.
    Tests of parameters and local variables are none of them, nor those at which `counts` says no."""
    found: list[Test | str | None] = []
    headers = {loop.header for loop in function.function.loops}
    for at, position in decisions(function, register, MAX_TESTS):
        last = function.code[at]
        if isinstance(last, ir.If) and function.block_of(at) not in headers and counts(at):
            found.extend(asked(code, function, last.cond, position == 0))
        elif isinstance(last, ir.Switch) and counts(at):
            found.extend(_chosen(code, function, last, position))
    return found


def _chosen(code: Code, function: FunctionCode, switch: ir.Switch, position: int) -> Iterator[Test | str | None]:
    """What a switch asks on the way to one of its cases."""
    values = switch.cases[position] if position < len(switch.cases) else ()
    if switch.tag == ir.NONE and len(values) == 1:
        yield from asked(code, function, values[0], True)
    elif not _is_of_argument(code, function, switch.tag):
        yield None


def asked(code: Code, function: FunctionCode, register: int, holds: bool) -> Iterator[Test | str | None]:
    """What a condition asks that turned out to hold, or not to: nothing, where it is about a method's argument."""
    step = function.code[register]
    match step:
        case _ if _is_of_argument(code, function, register):
            return
        case ir.Unary(op="!"):
            yield from asked(code, function, step.operand, not holds)
        case ir.Binary(op="&&" | "||"):
            for side in (step.left, step.right):
                known = asked(code, function, side, holds)
                yield from known if holds is (step.op == "&&") else (None for _ in known)
        case ir.Binary(op="==" | "!=") if function.is_nil(step.right):
            member = member_of(code.program, function, step.left)
            if member is not None:
                yield Test(member, True, holds == (step.op == "!="))
            elif isinstance(code.program.underlying(function.type_of(step.left)), Chan):
                yield None
        case ir.Binary():
            sides = (step.left, step.right)
            for side in sides if not any(_is_of_argument(code, function, side) for side in sides) else ():
                if not isinstance(function.code[side], ir.Load | ir.Const):
                    yield None
        case ir.Load() if _is_constant(code, function, step.var):
            yield CONSTANT
        case ir.Load() | ir.Const():
            return
        case _:
            member = member_of(code.program, function, register) if isinstance(step, ir.Selector) else None
            yield Test(member, False, holds) if member is not None else None


def _is_of_argument(code: Code, function: FunctionCode, register: int) -> bool:
    """Whether a value is that of a method's argument, or of a part of it: what a method of it says that changes
    nothing counts as well."""
    step = function.code[register] if register != ir.NONE else None
    match step:
        case ir.Load():
            return function.is_method and function.body.vars[step.var].kind == ir.VarKind.PARAM
        case ir.Selector() | ir.Deref():
            return _is_of_argument(code, function, step.base)
        case ir.Call():
            callee = function.callee(register)
            asks = isinstance(callee, p.Static) and not callee.function.startswith(PRIMITIVES)
            target = code.get(callee.function) if isinstance(callee, p.Static) and asks else None
            changes = target is not None and bool(target.of_kind(ir.SetField, ir.Call, ir.SetDeref))
            receiver = function.receiver_of(register) if asks and not changes else ir.NONE
            return receiver != ir.NONE and not step.args and _is_of_argument(code, function, receiver)
    return False


def _is_constant(code: Code, function: FunctionCode, var: int) -> bool:
    """Whether a boolean of the function around a literal keeps the constant that it was made with."""
    stores = code.stores(function, var)
    if function.body.vars[var].owner == function.index or len(stores) != 1:
        return False
    index, at = stores[0]
    around = code.sibling(function, index)
    step = around.code[at]
    value = around.code[step.value] if isinstance(step, ir.Store) and step.define else None
    return isinstance(value, ir.Const) and value.kind == "bool"


class _Marks:
    """What is written to the fields of a program."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._ids: dict[str, list[str]] = {}

    def is_stale(self, test: Test, channel: Member | None, locked: bool) -> bool:
        """Whether a test lets each close pass: of a boolean that nothing sets, or of a channel that stays."""
        member = test.member
        if not member.owner or member.name[:1].isupper() or test.holds is not test.is_nil:
            return False
        if test.is_nil:
            return member == channel and self._is_only_made(member, locked)
        return self._writes(member) == []

    def is_forgotten(self, channel: Member, close: Op, runs: Runs) -> bool:
        """Whether a channel becomes nil behind other closes, and neither where this one is nor in its callers."""
        if not channel.owner or channel.name[:1].isupper():
            return False
        writes = self._writes(channel) or []
        callers = {use.caller for use in runs.uses(close.function)}
        if any(id == close.function or id in callers for id, _ in writes):
            return False
        resets = [one for one in writes if not self._is_made(*one, channel, True)]
        return bool(resets) and all(self._is_behind_close(*one, channel) for one in resets)

    def _is_behind_close(self, id: str, register: int, member: Member) -> bool:
        """Whether a write sets a channel to nil that the same block has closed."""
        function = self._code.function(id)
        step, block = function.code[register], function.function.blocks[function.block_of(register)]
        closes = (
            one
            for at in range(block.start, register)
            if isinstance(one := function.code[at], ir.Call) and function.callee(at) == p.BuiltinCall("close")
        )
        is_nil = isinstance(step, ir.SetField) and function.is_nil(step.value)
        return is_nil and any(member_of(self._code.program, function, one.args[0]) == member for one in closes)

    def _is_only_made(self, member: Member, anywhere: bool) -> bool:
        """Whether each write makes a channel, where there was none or anywhere, and there is one."""
        writes = self._writes(member)
        return bool(writes) and all(self._is_made(id, register, member, anywhere) for id, register in writes or ())

    def _is_made(self, id: str, register: int, member: Member, anywhere: bool) -> bool:
        function = self._code.function(id)
        step = function.code[register]
        if not isinstance(step, ir.SetField) or not isinstance(function.code[step.value], ir.Call):
            return False
        if function.callee(step.value) != p.BuiltinCall("make"):
            return False
        return anywhere or Test(member, True, False) in _tests(self._code, function, register)

    def _writes(self, member: Member) -> list[tuple[str, int]] | None:
        """Where a field is written by its name; None where it may be written in another way."""
        found: list[tuple[str, int]] = []
        for id in self._of_package(member.package):
            function = self._code.function(id)
            for register, step in enumerate(function.code):
                kind = type(step)
                if kind is ir.SetField and step.name == member.name:  # type: ignore[union-attr]
                    if member_at(self._code.program, function, register) in (member, None):
                        found.append((id, register))
                elif self._is_unclear(function, step, register, member):
                    return None
        return found

    def _is_unclear(self, function: FunctionCode, step: ir.Instruction, register: int, member: Member) -> bool:
        match step:
            case ir.FieldAddr():
                return step.name == member.name
            case ir.Composite():
                set_here = member.name in step.keys or (None in step.keys and bool(step.values))
                return set_here and getattr(deref(function.type_of(register)), "name", "") == member.owner
            case ir.SetDeref():
                return getattr(deref(function.type_of(step.value)), "name", "") == member.owner
        return False

    def _of_package(self, package: str) -> list[str]:
        if not self._ids:
            for id in self._code.ids():
                self._ids.setdefault(self._code.function(id).package, []).append(id)
        return self._ids.get(package, [])
