"""Callers that hand a context down, from a parameter up."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Edge, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.knowledge.concurrency import SET_UP
from govet_py.model import ir
from govet_py.model.source import Site

MAX_NODES = 400
MAX_CHAIN = 16


class Giver(NamedTuple):
    """`function` hands a context down by the calls `through` (outermost first). `makers`: the calls, as (function,
    register), that it went through there; None where it is a parameter of `function`. `made`: the calls go through
    a function that is named like one that makes an object, which may outlive the caller."""

    function: FunctionCode
    makers: frozenset[tuple[str, int]] | None
    through: tuple[Site, ...]
    made: bool


class Givers:
    """The callers of a program that hand contexts down."""

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation, scoped: ScopedContexts) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._scoped = scoped

    def up(self, code: FunctionCode, params: Iterable[int]) -> Iterator[Giver]:
        """Those of some parameters of a function, breadth first, each after the function that has the parameter."""
        work: deque[tuple[Node, int, tuple[Site, ...], bool]] = deque((code.id, at, (), False) for at in params)
        seen: set[tuple[Node, int]] = set()
        while work and len(seen) < MAX_NODES:
            node, position, through, made = work.popleft()
            made = made or _makes(node)
            if (node, position) in seen or len(through) > MAX_CHAIN:
                continue
            seen.add((node, position))
            if isinstance(node, str):
                yield Giver(self._code.function(node), None, through, made)
            for caller, edge in self._calls.callers.get(node, ()):
                if isinstance(caller, InterfaceNode):
                    work.append((caller, position, through, made))
                    continue
                above = self._code.function(caller)
                given = self._at(above, edge, position)
                if given is not None:
                    makers, variables = self._scoped.trace(above, given.argument)
                    here = (above.site(edge.site), *through)
                    yield Giver(above, frozenset(makers), here, made)
                    work.extend((owner, at, here, made) for owner, at in parameters(above, variables))

    def _at(self, code: FunctionCode, edge: Edge, position: int) -> Given | None:
        call = code.code[edge.site]
        if not isinstance(call, ir.Call) or call.mode == ir.Mode.GO:
            return None
        found = [g for g in self._cancellation.given(code) if g.call == edge.site and g.position == position]
        return found[0] if found else None


def parameters(code: FunctionCode, variables: set[int]) -> Iterator[tuple[str, int]]:
    """The parameters of a function, or of those around a literal, among some variables."""
    index = code.index
    while index != ir.NONE:
        function = code.body.functions[index]
        for at, var in enumerate(function.params):
            if var in variables:
                yield literal_id(code.body_id, index), at
        index = function.parent


def _makes(node: Node) -> bool:
    """Whether a function is named like those that set something up: a hint, no proof."""
    return isinstance(node, str) and node.rpartition(".")[2].partition("$")[0].startswith(SET_UP)
