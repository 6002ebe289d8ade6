"""Channels as pools: what is received is lent, what is sent is given back; and as semaphores, the other way round.

*Derived*: a function that returns what it receives lends; one that sends its parameter takes back. Whoever gives
back has borrowed before, and what the maker of the channel puts into it at first is gone by then.
"""

from __future__ import annotations

from functools import cache

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.waits import Kind, Operation, Operations
from govet_py.model import ir
from govet_py.model.concurrency import ELEMENT, AllocRoot, VarRoot


class Lending:
    """The operations of a program on channels, seen as pools."""

    def __init__(self, code: Code, values: ValueAnalysis, operations: Operations) -> None:
        self._code = code
        self._values = values
        self.operations = operations
        self.is_loan = cache(self._is_loan)
        self.is_return = cache(self._is_return)

    def others(self, waiting: Operation) -> tuple[Operation, ...]:
        """The operations that let a wait go on, but for those that fill the buffer of what they make."""
        found = self.operations.releasers(waiting)
        if waiting.kind != Kind.RECEIVE or not any(one.kind == Kind.SEND for one in found):
            return found
        return tuple(one for one in found if one.kind != Kind.SEND or not self._fills(one))

    def _is_return(self, send: Operation) -> bool:
        """Whether an operation gives back what was lent before."""
        if send.kind in (Kind.RECEIVE, Kind.FREE):
            return send.kind == Kind.FREE or self.operations.frees_slot(send)
        if send.kind != Kind.SEND or not self._sends_parameter(send):
            return False
        return any(self.is_loan(receive) for receive in self.operations.alike(send, Kind.RECEIVE))

    def _is_loan(self, receive: Operation) -> bool:
        """Whether a function returns what it receives, or takes a slot."""
        if receive.kind == Kind.TAKE or self.operations.takes_slot(receive):
            return True
        if receive.kind != Kind.RECEIVE:
            return False
        code = self._code.function(receive.function)
        received = {path.extend((ELEMENT,)) for path in self._values.paths(code, receive.operand)}
        return any(
            path in received
            for register in code.of_kind(ir.Return)
            for result in code.code[register].results  # type: ignore[union-attr]
            for path in self._values.paths(code, result)
        )

    def _fills(self, send: Operation) -> bool:
        code = self._code.function(send.function)
        for path in self._values.paths(code, send.operand):
            root = path.root
            if isinstance(root, AllocRoot) and root.function == code.id and not path.fields:
                made = code.code[root.register]
                return isinstance(made, ir.Call) and len(made.args) > 1
        return False

    def _sends_parameter(self, send: Operation) -> bool:
        code = self._code.function(send.function)
        roots = [path.root for path in self._values.paths(code, _sent(code, send)) if not path.fields]
        return any(isinstance(one, VarRoot) and one.var in code.function.params for one in roots)


def _sent(code: FunctionCode, send: Operation) -> int:
    """The register of what is sent."""
    instruction = code.code[send.register]
    if isinstance(instruction, ir.Select):
        return next((case.value for case in instruction.cases if case.chan == send.operand), ir.NONE)
    return instruction.value if isinstance(instruction, ir.Send) else ir.NONE
