"""Literals that are sent on a channel, for the goroutine that receives them to run: an actor runs one after the other.

`loop.Do(func() { … })` sends its argument as it is, in a literal that runs it, or in a struct of a request.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import sends_of
from govet_py.model import ir
from govet_py.model import program as p


class SentOn:
    """Which literals go to another goroutine by a channel."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._known: dict[tuple[str, int], bool] = {}

    def takes(self, function: FunctionCode, literal: int) -> bool:
        """Reports whether the literal that is made in a register is sent, by its function or what that calls."""
        return self._is_sent(function, {literal})

    def _is_sent(self, function: FunctionCode, holders: set[int]) -> bool:
        """Whether what some registers hold is sent on; the structs and literals around it count as it does."""
        around = (at for at in function.of_kind(ir.Composite) if holders.intersection(function.code[at].values))  # type: ignore[union-attr]
        holders = holders.union(around)
        sends = (sent for at in function.of_kind(ir.Send, ir.Select) for sent in sends_of(function.code[at]))
        return any(value in holders for _, value, _ in sends) or any(self._gives(function, holders))

    def _gives(self, function: FunctionCode, holders: set[int]) -> Iterator[bool]:
        """For each callee that is given it, whether that sends it on."""
        for at in function.of_kind(ir.Call):
            callee = function.callee(at)
            if isinstance(callee, p.Static):
                given: tuple[int, ...] = function.code[at].args  # type: ignore[union-attr]
                taken = (position for position, register in enumerate(given) if register in holders)
                yield from (self._sends(callee.function, position) for position in taken)

    def _sends(self, id: str, position: int) -> bool:
        """Whether a function sends on what it is given at a position, the receiver not counted."""
        key = (id, position)
        if key not in self._known:
            self._known[key] = False
            callee = self._code.get(id)
            at = position + callee.is_method if callee is not None else ir.NONE
            if callee is not None and at < len(callee.function.params):
                self._known[key] = self._is_sent(callee, set(self._holders(callee, callee.function.params[at])))
        return self._known[key]

    def _holders(self, callee: FunctionCode, var: int) -> Iterator[int]:
        """The registers that hold a parameter, or a literal that uses it."""
        yield from (at for at in callee.of_kind(ir.Load) if callee.loads(at, var))
        for at in callee.of_kind(ir.MakeClosure):
            made = self._code.sibling(callee, callee.code[at].function)  # type: ignore[union-attr]
            if any(made.loads(inner, var) for inner in made.of_kind(ir.Load)):
                yield at
