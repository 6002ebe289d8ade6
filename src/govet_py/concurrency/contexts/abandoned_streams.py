"""Remote streams that are left before their end although nothing cancels their context.

The client's side of a remote stream keeps a goroutine and a connection until `Recv` fails or its context
ends. A function that reads it in a loop, and leaves the loop for another reason, leaks both unless it made
the context itself and cancels it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.endings import over_edges
from govet_py.concurrency.contexts.living import is_client_stream
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.concurrency.flow.control import behind_edges, branch, loop_blocks
from govet_py.concurrency.flow.failures import failing
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site


class Abandoned(NamedTuple):
    """The stream made by `call` (in `maker`) is read at `receive` in `function` and left at `exit`."""

    maker: str
    call: int
    function: str
    receive: int
    exit: Site


class AbandonedStreams:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation, scoped: ScopedContexts) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._scoped = scoped

    def found(self) -> Iterator[Abandoned]:
        """One a stream that is read in a loop."""
        for node in list(self._calls.callers):
            if isinstance(node, InterfaceNode) and node.method == knows.RECEIVE:
                if is_client_stream(self._code.program, node.interface):
                    for caller, edge in self._calls.callers[node]:
                        if isinstance(caller, str):
                            yield from self._read(self._code.function(caller), edge.site)

    def _read(self, code: FunctionCode, receive: int) -> Iterator[Abandoned]:
        loop = code.loop_of(receive)
        callee = code.callee(receive)
        if loop == ir.NONE or not isinstance(callee, p.Interface):
            return
        made = self._made(code, callee.receiver)
        if made is None:
            return
        maker, given = made
        if self._is_cancelled(maker, given):
            return
        exit = self._early_exit(code, receive, loop)
        if exit is not None:
            yield Abandoned(maker.id, given.call, code.id, receive, exit)

    def _made(self, code: FunctionCode, stream: int) -> tuple[FunctionCode, Given] | None:
        """The call, here or in a literal that is called here, that made a stream under a context."""
        at = code.call_behind(code.source(stream))
        call = code.code[at] if at != ir.NONE else None
        if not isinstance(call, ir.Call):
            return None
        literal = code.code[call.callee]
        if isinstance(literal, ir.MakeClosure):
            inner = self._code.sibling(code, literal.function)
            results = [self._first(inner, i) for i in inner.code if isinstance(i, ir.Return)]
            found = [g for g in self._cancellation.given(inner) if g.call in results]
            return (inner, found[0]) if found else None
        found = [g for g in self._cancellation.given(code) if g.call == at]
        return (code, found[0]) if found else None

    @staticmethod
    def _first(code: FunctionCode, result: ir.Return) -> int:
        """The call behind the first result of a return statement."""
        return code.call_behind(code.source(result.results[0])) if result.results else ir.NONE

    def _is_cancelled(self, code: FunctionCode, given: Given) -> bool:
        """Whether the context was made in this body, so that its cancel function is somebody's duty here; a
        context whose origin is not told counts as well."""
        for id, at in self._scoped.makers(code, given.argument):
            callee = self._code.function(id).callee(at)
            if not isinstance(callee, p.Static) or callee.function in knows.CANCELLABLE:
                return True
        contexts = self._cancellation.contexts.of(code, given.argument)
        return not contexts or any(context.origin is None for context in contexts)

    def _early_exit(self, code: FunctionCode, receive: int, loop: int) -> Site | None:
        """Where the loop is left although the stream has not ended."""
        inside = loop_blocks(code, loop)
        ended = behind_edges(code, [*self._ends(code, receive), *(e for e, _ in over_edges(self._cancellation, code))])
        for block in sorted(inside - ended):
            last, succs = branch(code, block), code.function.blocks[block].succs
            leaves = any(successor not in inside and successor not in ended for successor in succs)
            if isinstance(last, ir.Return) or (leaves and last is not None):
                return code.site(code.function.blocks[block].end - 1)
        return None

    @staticmethod
    def _ends(code: FunctionCode, receive: int) -> Iterator[tuple[int, int]]:
        """The branches taken when `Recv` failed."""
        errors = {at for at, i in enumerate(code.code) if type(i) is ir.Extract and i.tuple == receive and i.index == 1}
        holders = {i.var for i in code.code if type(i) is ir.Store and i.value in errors}
        for index in range(len(code.function.blocks)):
            test = branch(code, index)
            if isinstance(test, ir.If):
                for position, register in failing(code, test.cond):
                    load = code.code[register]
                    if register in errors or (isinstance(load, ir.Load) and load.var in holders):
                        yield index, position
            elif isinstance(test, ir.Switch) and test.tag != ir.NONE:
                load = code.code[test.tag]
                if isinstance(load, ir.Load) and load.var in holders:
                    nils = [n for n, values in enumerate(test.cases) if any(code.is_nil(v) for v in values)]
                    others = (n for n, values in enumerate(test.cases) if n not in nils and (values or nils))
                    yield from ((index, n) for n in others)
