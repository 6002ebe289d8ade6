"""Objects that keep a context and its cancel function: who calls the one has ended the other.

The two fields are found where they are filled from one call. A function that calls the one, and gives the other, of the
same object, to what waits under it, gives a context that is over; unless something in between puts a new one there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, fields_put, member_of
from govet_py.concurrency.channels.subjects import Subject, subject
from govet_py.concurrency.contexts.cancel_fields import CancelFields, from_start
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.concurrency.flow.control import after
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site


class Pair(NamedTuple):
    """Two fields of one type."""

    context: Member
    cancel: Member


class EndedField(NamedTuple):
    """The call at `call` of `function` is given the context of an object that was ended at `end`."""

    function: str
    call: int
    end: Site


class EndedFields:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation, scoped: ScopedContexts) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._scoped = scoped
        self._fields = CancelFields(code)

    def found(self) -> Iterator[EndedField]:
        """The first use of each object after its end."""
        by_package: dict[str, list[Pair]] = {}
        for pair in self._pairs:
            by_package.setdefault(pair.cancel.package, []).append(pair)
        for id in self._code.ids() if by_package else ():
            code = self._code.function(id)
            pairs = by_package.get(code.package, [])
            held = [at for at in code.of_kind(ir.Call) if isinstance(code.callee(at), p.Value)] if pairs else []
            for pair in pairs if held else ():
                yield from self._uses(code, pair, held)

    @cached_property
    def _pairs(self) -> list[Pair]:
        found: set[Pair] = set()
        for name in sorted(knows.CANCELLABLE):
            for id, made in self._calls.named(name):
                code = self._code.function(id)
                cancel = self._fields.keeper(code, made)
                if cancel is not None:
                    contexts = self._kept(code, made)
                    found.update(Pair(one, cancel) for one in contexts if one[:2] == cancel[:2])
        return sorted(found)

    def _kept(self, code: FunctionCode, made: int) -> Iterator[Member]:
        """The fields that a context is put into, itself or one made of it."""
        for register in code.of_kind(ir.Composite, ir.SetField):
            for member, value in fields_put(self._code.program, code, register):
                if code.type_of(value) == knows.CONTEXT and (code.id, made) in self._scoped.makers(code, value):
                    yield member

    def _uses(self, code: FunctionCode, pair: Pair, held: list[int]) -> Iterator[EndedField]:
        """Of one type, in a function that calls function values at `held`."""
        ends: dict[Subject, set[int]] = {}
        for register in held:
            if self._fields.calls(code, register, pair.cancel) and code.mode_of(register) == ir.Mode.CALL:
                owner = _owner(code, code.code[register].callee)  # type: ignore[union-attr]
                if owner is not None:
                    ends.setdefault(owner, set()).add(register)
        if not ends:
            return
        tested = {at for at in code.of_kind(ir.If) if self._fields.tests(code, at, pair.cancel)}
        for owner, calls in ends.items():
            steps = code.of_kind(ir.SetField, ir.Store, ir.Call)
            renewed = {at for at in steps if self._renews(code, at, pair.context, owner)}
            stops = calls | tested
            before = set(from_start(code, stops)) - stops
            late = {at for end in calls for at in after(code, end, renewed.__contains__)} - before
            use = self._first(code, pair.context, owner, late)
            if use != ir.NONE:
                yield EndedField(code.id, use, code.site(min(calls)))

    def _first(self, code: FunctionCode, context: Member, owner: Subject, late: Set[int]) -> int:
        """The first call after the end that waits under the context of the same object."""
        for given in self._cancellation.given(code):
            if given.call in late and member_of(self._code.program, code, given.argument) == context:
                if _owner(code, given.argument) == owner and self._cancellation.waits_at(code, given):
                    return given.call
        return ir.NONE

    def _renews(self, code: FunctionCode, register: int, context: Member, owner: Subject) -> bool:
        """Whether an instruction puts a context into the field, itself or by a function of the program, or another
        object into the variable."""
        step = code.code[register]
        match step:
            case ir.Store():
                return step.var == owner.var
            case ir.Call():
                callee = code.callee(register)
                return isinstance(callee, p.Static) and self._fills(self._code.get(callee.function), context)
        return self._fills(code, context, (register,))

    def _fills(self, code: FunctionCode | None, context: Member, registers: Iterable[int] | None = None) -> bool:
        """Whether a function, or some of its instructions, puts something into a field."""
        if code is None:
            return False
        steps = code.of_kind(ir.SetField) if registers is None else registers
        return any(member == context for at in steps for member, _ in fields_put(self._code.program, code, at))


def _owner(code: FunctionCode, register: int) -> Subject | None:
    """The object whose field a register was read from."""
    field = subject(code, code.source(register))
    return field._replace(fields=field.fields[:-1]) if field is not None and field.fields else None
