"""Elements of collections that requests name: two requests that come beside each other may name the same one.

So may messages that several goroutines receive, whose kind or topic says who handles them. What is looked up by a
message itself, or is no handler but data, is mostly that message's own.

LIMIT: the key must be computed from the request by the function that looks the element up, or hands the key over to
the one that does.
"""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.dependence import Dependence
from govet_py.knowledge.concurrency import REQUEST
from govet_py.model import ir
from govet_py.model.types import Chan, Func, Interface, Map


class AskedFor:
    """What the functions of a program look up by the requests and messages that they handle."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._derived: dict[str, frozenset[int]] = {}

    def is_named(self, code: FunctionCode, taken: int) -> bool:
        """Reports whether an instruction that takes an element out of a collection, or asks a function for it, does so
        by what comes from a request, or takes a handler by a part of a message."""
        instruction = code.code[taken]
        keys: tuple[int, ...] = ()
        if isinstance(instruction, ir.Index):
            keys = (instruction.index,)
        elif isinstance(instruction, ir.Call):
            keys = instruction.args
        if not keys:
            return False
        return not self._from_request(code).isdisjoint(keys) or self._handles_message(code, instruction)

    def _from_request(self, code: FunctionCode) -> frozenset[int]:
        """The registers of a function that are computed from its parameter for the request."""
        known = self._derived.get(code.id)
        if known is None:
            given = {var for var in code.function.params if code.types.var_type(var) == REQUEST[-1]}
            loads = code.of_kind(ir.Load) if given else ()
            seeds = [at for at in loads if code.code[at].var in given]  # type: ignore[union-attr]
            known = Dependence(self._code, code).derived(seeds) if seeds else frozenset()
            self._derived[code.id] = known
        return known

    def _handles_message(self, code: FunctionCode, taken: ir.Instruction) -> bool:
        """Whether a handler, a function or an interface, is taken from a map by a field of what was received."""
        part = code.code[taken.index] if isinstance(taken, ir.Index) else None
        table = self._code.program.underlying(code.type_of(taken.base)) if isinstance(taken, ir.Index) else None
        if not isinstance(part, ir.Selector) or not isinstance(table, Map):
            return False
        if not isinstance(self._code.program.underlying(table.elem), Interface | Func):
            return False
        message = code.code[code.source(part.base)]
        received = code.code[message.tuple] if isinstance(message, ir.Extract) else message
        over = code.code[received.range] if isinstance(received, ir.Next) else None
        if isinstance(over, ir.Range):
            return isinstance(self._code.program.underlying(code.type_of(over.base)), Chan)
        return isinstance(received, ir.Recv | ir.Select)
