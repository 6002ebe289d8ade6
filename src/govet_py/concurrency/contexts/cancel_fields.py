"""Fields that keep the cancel function of a context, and who calls it."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, fields_put, member_of
from govet_py.concurrency.flow.control import after
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p


class CancelFields:
    """Of a program."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def keeper(self, code: FunctionCode, made: int) -> Member | None:
        """The field that the cancel function of a context is put into."""
        for register in code.of_kind(ir.Composite, ir.SetField):
            for member, value in fields_put(self._code.program, code, register):
                if code.type_of(value) in knows.CANCEL_FUNCTIONS and made in self._sources(code, value):
                    return member
        return None

    @staticmethod
    def _sources(code: FunctionCode, register: int) -> Iterator[int]:
        """The calls that a register, or the variable that it loads, has a result of."""
        step = code.code[register]
        return map(code.call_behind, code.values_of(step.var) if isinstance(step, ir.Load) else (register,))

    def closing(self, kept: Member) -> Iterator[str]:
        """The methods that call a field of their receiver on every way, or on all where it is not nil."""
        methods = f"{kept.package}.{kept.owner}."
        for id in self._code.ids():
            if id.startswith(methods) and self._closes(self._code.function(id), kept):
                yield id

    def _closes(self, code: FunctionCode, kept: Member) -> bool:
        called = [
            register
            for register in code.of_kind(ir.Call)
            if isinstance(code.callee(register), p.Value) and self.calls(code, register, kept)
        ]
        if not called:
            return False
        tested = {at for at in code.of_kind(ir.If) if self.tests(code, at, kept)}
        stops = {*called, *tested}
        return not any(isinstance(code.code[at], ir.Return) for at in from_start(code, stops))

    def calls(self, code: FunctionCode, register: int, kept: Member) -> bool:
        call = code.code[register]
        if not isinstance(call, ir.Call) or call.mode == ir.Mode.GO:
            return False
        return member_of(self._code.program, code, call.callee) == kept

    def tests(self, code: FunctionCode, register: int, kept: Member) -> bool:
        """Whether a branch asks whether the field is nil."""
        step = code.code[register]
        test = code.code[step.cond] if isinstance(step, ir.If) else None
        if not isinstance(test, ir.Binary) or not code.is_nil(test.right):
            return False
        return member_of(self._code.program, code, test.left) == kept


def from_start(code: FunctionCode, stops: set[int]) -> Iterator[int]:
    """The instructions that a function may run, up to those of `stops` on each way."""
    if 0 in stops:
        return
    yield 0
    yield from (at for at in after(code, 0, lambda at: at in stops))
