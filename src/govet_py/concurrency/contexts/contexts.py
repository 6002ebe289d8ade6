"""What a context carries, and who fails without it.

A *context value* is an origin (a parameter, or a fresh Background/TODO) and the keys added since. A
function *requires* key k of a context when `ctx.Value(k)` finding nothing makes it return an error or
panic, or when it hands the context to a function that does. Requirements are derived from the code
and pushed from the consumers to their callers; where one meets a fresh context that nobody has given
the key, the value was dropped. Whether a context that carries it was at hand is then searched among
the callers. Cost: grows with the calls on the way from consumers to sources, not with the program.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Edge, InterfaceNode, Node, Reason
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.contexts.context_values import ContextValue, ContextValues
from govet_py.concurrency.contexts.field_roots import FieldRoots
from govet_py.concurrency.contexts.lookups import Lookup, lookups
from govet_py.concurrency.contexts.relays import Relayed, relays
from govet_py.concurrency.flow.control import Edge as CodeEdge
from govet_py.concurrency.flow.control import behind_edges, branch
from govet_py.concurrency.flow.failures import failing
from govet_py.model import ir
from govet_py.model.concurrency import Path, VarRoot
from govet_py.model.source import Site
from govet_py.model.types import ERROR

MAX_CHAIN = 24
MAX_WITHOUT = 3
"""How many functions without a context lie at most between one that has it and one that makes another."""


class Requirement(NamedTuple):
    """`node` fails without `key` in the context that its parameter `position` is given.

    `site` is where that shows (the lookup, or the call that hands the context on), `inner` the
    requirement of the callee; None at the lookup itself.
    """

    node: Node
    position: int
    key: str
    site: Site | None
    inner: "Requirement | None"
    certain: bool


class Provided(NamedTuple):
    """A context that carries the key is made at `site` and passed down through `through`; `found`: the key is looked
    up there, and found. `without` are the calls on the way to functions that take no context."""

    site: Site
    function: str
    through: tuple[Site, ...]
    found: bool = False
    without: tuple[Site, ...] = ()


class DroppedValue(NamedTuple):
    """`function` gives a fresh context to a call whose callee requires `key`, although a context with
    that key was at hand."""

    function: str
    call: int
    key: str
    fresh: Site
    requirement: Requirement
    provided: Provided


class ContextFlow:
    """Requirements, and the fresh contexts that break them."""

    def __init__(
        self, code: Code, values: ValueAnalysis, calls: CallGraph, slices: Slices, contexts: ContextValues
    ) -> None:
        self._code = code
        self._calls = calls
        self._callers = calls.callers
        self._contexts = contexts
        self._roots = FieldRoots(code, calls, slices, contexts)
        self._relays = relays(code, values, calls, slices, contexts, self._roots)
        self._known: dict[tuple[Node, int, str], Requirement] = {}
        self._missing: list[tuple[FunctionCode, int, Site, str, Requirement]] = []
        found = lookups(code, calls, self._contexts)
        self._asked = found.asked
        self._solve(found.required)
        self.dropped = [dropped for missing in self._missing for dropped in self._dropped(*missing)]

    def _solve(self, found: list[Lookup]) -> None:
        work: deque[Requirement] = deque()
        for lookup in found:
            code = self._code.function(lookup.function)
            for context in self._contexts.of(code, lookup.context):
                self._meet(code, lookup.register, context, lookup.key, None, True, work)
        while work:
            requirement = work.popleft()
            for caller, edge in self._callers.get(requirement.node, ()):
                self._at_caller(caller, edge, requirement, work)
            for relayed in self._relayed(requirement.node, requirement.position):
                inner, code = requirement._replace(certain=False), self._code.function(relayed.function)
                self._meet(code, relayed.call, relayed.context, requirement.key, inner, False, work)

    def _relayed(self, node: Node, position: int) -> list[Relayed]:
        """The contexts that a function gets from a helper which it is handed to."""
        return self._relays.get((node, position), []) if isinstance(node, str) else []

    def _at_caller(self, caller: Node, edge: Edge, requirement: Requirement, work: deque[Requirement]) -> None:
        certain = requirement.certain
        if isinstance(caller, InterfaceNode):
            certain = certain and len(self._calls.edges[caller]) == 1
            self._add(Requirement(caller, requirement.position, requirement.key, None, requirement, certain), work)
            return
        code = self._code.function(caller)
        argument = self._argument(code, edge, requirement.position)
        if argument is None:
            return
        if requirement.certain:
            self._asked.setdefault(caller, []).append(Lookup(caller, edge.site, argument, requirement.key))
        for context in self._contexts.of(code, argument) or self._roots.of(code, argument):
            self._meet(code, edge.site, context, requirement.key, requirement, certain, work)

    def _argument(self, code: FunctionCode, edge: Edge, position: int) -> int | None:
        """The register that a call gives for parameter `position`, None for other kinds of edge."""
        call = code.code[edge.site]
        if not isinstance(call, ir.Call):
            return None
        shift = 1 if self._is_method(code, edge) else 0
        at = position - shift
        return call.args[at] if 0 <= at < len(call.args) else None

    def _is_method(self, code: FunctionCode, edge: Edge) -> bool:
        if edge.reason == Reason.INTERFACE:
            return True
        callee = self._code.get(edge.target) if isinstance(edge.target, str) else None
        if callee is None or not callee.function.params:
            return False
        first = callee.body.vars[callee.function.params[0]]
        if first.kind != ir.VarKind.RECEIVER:
            return False
        call = code.code[edge.site]
        assert isinstance(call, ir.Call)
        return len(call.args) < len(callee.function.params)

    def _meet(
        self,
        code: FunctionCode,
        register: int,
        context: ContextValue,
        key: str,
        inner: Requirement | None,
        certain: bool,
        work: deque[Requirement],
    ) -> None:
        """A context of this function must have the key: satisfied, passed on to the caller, or dropped."""
        if key in context.keys:
            return
        site = code.site(register)
        if context.fresh is not None:
            if inner is not None:
                self._missing.append((code, register, context.fresh, key, inner))
        elif context.origin is not None:
            for node, position in self._owners(code, context.origin):
                self._add(Requirement(node, position, key, site, inner, certain), work)

    def _add(self, requirement: Requirement, work: deque[Requirement]) -> None:
        key = (requirement.node, requirement.position, requirement.key)
        known = self._known.get(key)
        if known is None or (requirement.certain and not known.certain):
            self._known[key] = requirement
            work.append(requirement)

    def _owners(self, code: FunctionCode, origin: Path) -> Iterator[tuple[str, int]]:
        """The function whose parameter a context comes from: this one, or one around this literal."""
        if not isinstance(origin.root, VarRoot) or origin.fields:
            return
        owner = code.body.vars[origin.root.var].owner
        params = code.body.functions[owner].params
        if origin.root.body == code.body_id and origin.root.var in params:
            yield literal_id(code.body_id, owner), params.index(origin.root.var)

    def _dropped(
        self, code: FunctionCode, register: int, fresh: Site, key: str, inner: Requirement
    ) -> Iterator[DroppedValue]:
        """That a fresh context took the place of one with the key: where it is used, or where it was made and kept."""
        provided = self._provided_to(code, register, key) or self._provided_around(code, key)
        maker = self._code.enclosing(fresh)
        if provided is None and maker is not None and maker.body_id != code.body_id:
            made = next((at for at in maker.of_kind(ir.Call) if maker.site(at) == fresh), 0)
            provided = self._provided_to(maker, made, key)
        if provided is not None:
            yield DroppedValue(code.id, register, key, fresh, inner, provided)

    # -- was a context with the key at hand? -------------------------------------------------------

    def _provided_to(self, code: FunctionCode, register: int, key: str) -> Provided | None:
        """A context with the key that a function has made before an instruction, or is given."""
        made = self._provided_here(code, register, key) or self._provided_above(code, key)
        return made or self._found(code, register, key)

    def _provided_around(self, code: FunctionCode, key: str) -> Provided | None:
        """A context with the key that the callers of a function without a context have at hand."""
        work: deque[tuple[FunctionCode, tuple[Site, ...]]] = deque(((code, ()),))
        seen = {code.id}
        while work:
            function, without = work.popleft()
            if len(without) == MAX_WITHOUT or any(self._contexts.parameters(one) for one in self._enclosing(function)):
                continue
            for above, call in self._calls.sites(function.id):
                calls = (above.site(call), *without)
                provided = self._provided_to(above, call, key)
                if provided is not None:
                    return provided._replace(without=calls)
                if above.id not in seen:
                    seen.add(above.id)
                    work.append((above, calls))
        return None

    def _provided_here(self, code: FunctionCode, register: int, key: str) -> Provided | None:
        """A context with the key that this function, or one around it, made before."""
        for function in self._enclosing(code):
            for edge_site in range(len(function.code) if function is not code else register):
                instruction = function.code[edge_site]
                if type(instruction) is ir.Call or type(instruction) is ir.Extract:
                    if any(key in context.keys for context in self._contexts.made_at(function, edge_site)):
                        return Provided(function.site(edge_site), function.id, ())
        return None

    def _found(self, code: FunctionCode, register: int, key: str) -> Provided | None:
        """That a function has found the key before an instruction, or one around it before it made the literal."""
        inner = code
        for function in self._enclosing(code):
            if function is not code:
                made = (at for at in function.of_kind(ir.MakeClosure) if function.code[at].function == inner.index)  # type: ignore[union-attr]
                register = next(made, 0)
            for lookup in self._asked.get(function.id, ()):
                fresh = any(context.fresh for context in self._contexts.of(function, lookup.context))
                if lookup.key == key and not fresh and self._comes_after(function, register, lookup.register):
                    return Provided(function.site(lookup.register), function.id, (), True)
            inner = function
        return None

    @staticmethod
    def _comes_after(code: FunctionCode, register: int, lookup: int) -> bool:
        """Whether an instruction is reached only when a lookup, or a call that fails without it, has not failed."""
        return lookup != register and code.block_of(register) in behind_edges(code, _succeeded(code, lookup))

    def _enclosing(self, code: FunctionCode) -> Iterator[FunctionCode]:
        index = code.index
        while index != ir.NONE:
            yield self._code.sibling(code, index)
            index = code.body.functions[index].parent

    def _provided_above(self, code: FunctionCode, key: str) -> Provided | None:
        """A caller that passes a context with the key down to this function, breadth first."""
        work: deque[tuple[Node, int, tuple[Site, ...]]] = deque()
        for function in self._enclosing(code):
            work.extend((function.id, position, ()) for position in self._contexts.parameters(function))
        seen: set[tuple[Node, int]] = set()
        while work:
            node, position, through = work.popleft()
            if (node, position) in seen or len(through) > MAX_CHAIN:
                continue
            seen.add((node, position))
            given = list(self._relayed(node, position))
            for caller, edge in self._callers.get(node, ()):
                if isinstance(caller, InterfaceNode):
                    work.append((caller, position, through))
                    continue
                above = self._code.function(caller)
                argument = self._argument(above, edge, position)
                contexts = self._contexts.of(above, argument) if argument is not None else ()
                proof = self._proof(above, edge.site, argument, key) if argument is not None else None
                if proof is not None:
                    return Provided(above.site(proof), caller, (above.site(edge.site), *through), True)
                given.extend(Relayed(caller, edge.site, context) for context in contexts)
            for caller, site, context in given:
                above = self._code.function(caller)
                here = (above.site(site), *through)
                if key in context.keys:
                    return Provided(context.put or above.site(site), caller, here)
                if context.origin is not None:
                    work.extend((owner, at, here) for owner, at in self._owners(above, context.origin))
        return None

    def _proof(self, code: FunctionCode, call: int, argument: int, key: str) -> int | None:
        """A lookup of the key in the same context that comes before a call, and has not failed."""
        for lookup in self._asked.get(code.id, ()):
            if lookup.key == key and lookup.register != call and self._is_same(code, lookup.context, argument):
                if self._comes_after(code, call, lookup.register):
                    return lookup.register
        return None

    @staticmethod
    def _is_same(code: FunctionCode, register: int, other: int) -> bool:
        """Whether two registers read one variable between two stores to it."""
        one, two = code.code[register], code.code[other]
        if not isinstance(one, ir.Load) or one != two:
            return False
        return not any(min(register, other) < store < max(register, other) for store in code.stores.get(one.var, ()))


def _succeeded(code: FunctionCode, call: int) -> Iterator[CodeEdge]:
    """The branches taken when a call returned no error, or said yes."""
    for block in range(len(code.function.blocks)):
        test = branch(code, block)
        if not isinstance(test, ir.If):
            continue
        for position, register in failing(code, test.cond):
            if code.type_of(register) == ERROR and _is_result(code, register, call):
                yield block, 1 - position
        asked = code.code[test.cond]
        negated = isinstance(asked, ir.Unary) and asked.op == "!"
        if _is_result(code, asked.operand if isinstance(asked, ir.Unary) else test.cond, call):
            yield block, int(negated)


def _is_result(code: FunctionCode, register: int, call: int) -> bool:
    told = code.code[code.source(register)]
    return code.source(register) == call or (isinstance(told, ir.Extract) and told.tuple == call)
