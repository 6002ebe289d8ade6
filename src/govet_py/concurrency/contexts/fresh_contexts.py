"""Work that is begun under a fresh context although one was at hand: its end is not heard of any more.

Forward from each Background and TODO to the calls that wait under it. Detachment that is meant shows in
the code: the call is deferred or follows a failure or the end of the context at hand; the cancel function,
the context or the handle made with it is kept; something of the context at hand was copied over.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Edge, InterfaceNode, Node, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.concurrency.contexts.cancellation import AtHand, Cancellation, Given
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.detachment import Detachment
from govet_py.concurrency.contexts.endings import is_after_end
from govet_py.concurrency.contexts.kept_failures import goes_on_after_failure
from govet_py.concurrency.contexts.library_siblings import waits_without
from govet_py.concurrency.contexts.overwritten import overwritten
from govet_py.concurrency.contexts.partly_fresh import partly_fresh
from govet_py.concurrency.contexts.sibling_contexts import SiblingContexts
from govet_py.concurrency.contexts.wrappers import Wrappers
from govet_py.concurrency.effects.callbacks import Callbacks
from govet_py.concurrency.flow.failures import failed
from govet_py.concurrency.flow.operands import is_operand
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import deref

MAX_CHAIN = 3
BLANK = "_"


class Caller(NamedTuple):
    """`function` has `hand` and calls, at `site`, what does its work under a fresh context."""

    function: str
    site: Site
    hand: AtHand


class FreshUse(NamedTuple):
    """`function` waits in `call` under a context that was made at `fresh`. `hand` is the context it has; where it has
    none, `callers` have one; if it is a field of the receiver, they are other methods that wait under it. `alone`:
    nothing else here is detached, or the context at hand lasts as long as the program. `limited`: it has a time limit
    of its own. `at_start`: the contexts at hand are those of a program's commands. `unused`: the context at hand
    serves for nothing at all. `admitted`: it says TODO. `undoes`: a name speaks so. `named`: a function of the program
    makes it, whose name says what it is for."""

    function: str
    call: int
    fresh: Site
    hand: AtHand | None
    callers: tuple[Caller, ...]
    alone: bool
    limited: bool
    unused: bool
    undoes: bool
    admitted: bool
    at_start: bool = False
    named: bool = False


class FreshContexts:
    """The uses of fresh contexts that lose one at hand."""

    def __init__(self, code: Code, calls: CallGraph, callbacks: Callbacks, cancellation: Cancellation) -> None:
        self._code = code
        self._calls = calls
        self._callbacks = callbacks
        self._cancellation = cancellation
        self._detachment = Detachment(code, cancellation)
        self._siblings = SiblingContexts(code, calls, cancellation)
        self._wrappers = Wrappers(code, calls, cancellation)

    @cached_property
    def uses(self) -> list[FreshUse]:
        """One use a fresh context, the first: the others have the same cause."""
        found: list[FreshUse] = []
        for id in self._candidates():
            code = self._code.function(id)
            found.extend(self._uses(code))
            found.extend(self._of_wrapper(code))
            told = {use.fresh for use in found}
            found.extend(use for use in self._overwritten(code) if use.fresh not in told)
            found.extend(use for use in self._partly(code) if use.fresh not in told)
        return [*found, *self._of_library()]

    def _overwritten(self, code: FunctionCode) -> Iterator[FreshUse]:
        for one in overwritten(self._code, self._cancellation, self._detachment, code.id):
            hand = AtHand(one.code.id, one.var, one.code.body.vars[one.var].name)
            undoes = _undoes(one.function, one.given.call)
            yield FreshUse(one.function.id, one.given.call, one.fresh, hand, (), True, True, False, undoes, False)

    def _partly(self, code: FunctionCode) -> Iterator[FreshUse]:
        for given, fresh, hand in partly_fresh(self._code, self._cancellation, self._detachment, code):
            if code.mode_of(given.call) == ir.Mode.CALL:
                undoes = _undoes(code, given.call)
                yield FreshUse(code.id, given.call, fresh, hand, (), True, False, False, undoes, self._is_todo(fresh))

    # -- functions that only spare their callers the context ---------------------------------------

    def _of_wrapper(self, code: FunctionCode) -> Iterator[FreshUse]:
        """Callers with a context, which they do not leave unnamed, that call `Get(x)` in the place of
        `GetContext(ctx, x)`."""
        wrapped = self._wrappers.wrapped(code)
        if wrapped is None:
            return
        for outer, edge in self._wrappers.calls(code, wrapped):
            if not self._waits_for(outer, edge) or self._returns_context(outer):
                continue
            hands = self._cancellation.at_hand(outer)
            callers = () if hands or outer.index != 0 else tuple(self._callers(outer, True))
            hand = next((hand for hand in hands if hand.name != BLANK), None)
            if hand or (callers and all(caller.hand.name != BLANK for caller in callers)):
                undoes = _undoes(outer, edge.site) or _undoes(code, wrapped.call)
                fresh = code.site(wrapped.call)
                yield FreshUse(outer.id, edge.site, fresh, hand, callers, True, False, False, undoes, False)

    def _of_library(self) -> Iterator[FreshUse]:
        """The first call of a library in a function that leaves out the context at hand."""
        told = set[str]()
        for code, call, waits in waits_without(self._code, self._calls):
            hand = next((hand for hand in self._cancellation.at_hand(code) if hand.name != BLANK), None)
            meant = code.block_of(call) in failed(code) or is_after_end(self._cancellation, code, call)
            if hand and not meant and code.id not in told and not self._detachment.is_handle_kept(code, call):
                told.add(code.id)
                kept, undoes = self._is_of_program(hand), _undoes(code, waits)
                yield FreshUse(code.id, waits, code.site(call), hand, (), not kept, False, False, undoes, False)

    # -- uses where they are made ------------------------------------------------------------------

    def _candidates(self) -> list[str]:
        """Functions that make a fresh context, and callers of functions that return one."""
        makers = {id: None for name in sorted(knows.FRESH) for id, _ in self._calls.named(name)}
        work = list(makers)
        while work:
            users = [user for user in self._users(self._code.function(work.pop())) if user not in makers]
            makers.update(dict.fromkeys(users))
            work.extend(users)
        return sorted(makers)

    def _users(self, code: FunctionCode) -> Iterator[str]:
        if (code.index == 0 and CONTEXT in code.function.signature.results) or self._returns_context(code):
            yield from (caller for caller, _ in self._calls.callers.get(code.id, ()) if isinstance(caller, str))
        if any(type(instruction) is ir.MakeClosure for instruction in code.code):
            stem = f"{code.body_id}$"
            yield from (stem + str(at) for at in range(1, len(code.body.functions)))

    def _returns_context(self, code: FunctionCode) -> bool:
        signature = self._code.program.signature(code.id) if code.index == 0 else None
        return signature is not None and CONTEXT in signature.results

    def _uses(self, code: FunctionCode) -> Iterator[FreshUse]:
        found: dict[Site, list[Given]] = {}
        for given in self._cancellation.given(code):
            contexts = self._cancellation.contexts.of(code, given.argument)
            if contexts and all(context.fresh is not None for context in contexts):
                if self._cancellation.waits_at(code, given):
                    fresh = contexts[0].fresh
                    assert fresh is not None
                    found.setdefault(fresh, []).append(given)
        if not found:
            return
        hands = self._cancellation.at_hand(code)
        if not hands and (self._wrappers.wrapped(code) if code.index == 0 else not self._is_run_or_kept(code)):
            return
        meant = failed(code, retries=False)
        mine = [hand.var for hand in hands if hand.function == code.id]
        for site in [site for site, uses in found.items() if any(self._goes_on(code, one, mine) for one in uses)]:
            del found[site]
        told = {site: [u for u in uses if not self._is_meant(code, u, meant, hands)] for site, uses in found.items()}
        left = {site: uses for site, uses in told.items() if uses and not self._detachment.is_kept(code, site)}
        for fresh, uses in left.items():
            hand = next((hand for hand in hands if hand.name != BLANK), hands[0]) if hands else None
            callers = () if hand else tuple(self._callers(code))
            if hand is None and not callers:
                kept = self._siblings.of(code, uses[0])
                if kept is None and self._is_todo(fresh):
                    kept = self._siblings.own(code)
                if kept is None or self._detachment.is_limited(code, uses[0].argument):
                    continue
                hand = kept[0]
                callers = tuple(Caller(code.id, site, hand) for site in kept[1])
            limited = self._detachment.is_limited(code, uses[0].argument)
            alone = len(left) == 1 or (hand is not None and self._is_of_program(hand) and not limited)
            yield self._use(code, uses[0], fresh, hand, callers, alone)

    def _goes_on(self, code: FunctionCode, given: Given, vars: list[int]) -> bool:
        return goes_on_after_failure(self._cancellation, code, given.call, vars)

    def _use(
        self,
        code: FunctionCode,
        given: Given,
        fresh: Site,
        hand: AtHand | None,
        callers: tuple[Caller, ...],
        alone: bool,
    ) -> FreshUse:
        return FreshUse(
            code.id,
            given.call,
            fresh,
            hand,
            callers,
            alone,
            self._detachment.is_limited(code, given.argument),
            hand is not None and not self._is_used(hand),
            _undoes(code, given.call),
            self._is_todo(fresh),
            all(self._is_command(caller.hand) for caller in callers),
            self._is_made_elsewhere(code, fresh),
        )

    def _is_made_elsewhere(self, code: FunctionCode, fresh: Site) -> bool:
        maker = self._code.enclosing(fresh)
        return maker is not None and maker.body_id != code.body_id

    def _is_command(self, hand: AtHand) -> bool:
        return self._code.function(hand.function).types.var_type(hand.var) != CONTEXT

    def _is_of_program(self, hand: AtHand) -> bool:
        """Whether the context at hand is a command's, which ends with the program: nothing is to outlive that, however
        many steps have none of it, and what the program runs is told to end with it by others."""
        return deref(self._code.function(hand.function).types.var_type(hand.var)) == knows.COMMAND

    def _is_todo(self, fresh: Site) -> bool:
        return fresh in self._todos

    @cached_property
    def _todos(self) -> frozenset[Site]:
        return frozenset(
            self._code.function(id).site(register)
            for name in knows.TODO
            for id, register in self._calls.named(name)
        )

    def _is_used(self, hand: AtHand) -> bool:
        body = self._code.function(hand.function).body
        return any(isinstance(i, ir.Load) and i.var == hand.var for function in body.functions for i in function.code)

    def _is_meant(self, code: FunctionCode, given: Given, meant: frozenset[int], hands: tuple[AtHand, ...]) -> bool:
        call = code.code[given.call]
        assert isinstance(call, ir.Call)
        if call.mode != ir.Mode.CALL or code.block_of(given.call) in meant:
            return True
        if is_after_end(self._cancellation, code, given.call):
            return True
        if any(at != given.argument and self._detachment.is_other(code, at) for at in call.args):
            return True
        if self._detachment.mentions(code, given.argument, tuple(hand.var for hand in hands if not hand.of_field)):
            return True
        if self._detachment.is_left_to_goroutines(code, given):
            return True
        return self._detachment.is_handle_kept(code, given.call)

    # -- callers that had a context ----------------------------------------------------------------

    def _callers(self, code: FunctionCode, lifted: bool = False) -> Iterator[Caller]:
        """The callers of a function without a context that have one; none at all when some caller has not, for
        then the function must do without. `lifted`: calls through interfaces count as well."""
        found: list[Caller] = []
        seen: set[Node] = {code.id}
        work: list[tuple[Node, int]] = [(code.id, 0)]
        while work:
            node, depth = work.pop()
            above = self._above(node)
            if not above:
                return
            for caller, edge in above:
                if isinstance(caller, InterfaceNode):
                    if not lifted:
                        return
                    if caller not in seen:
                        seen.add(caller)
                        work.append((caller, depth))
                    continue
                outer = self._code.function(caller)
                hands = self._cancellation.at_hand(outer)
                if not self._waits_for(outer, edge):
                    return
                if hands:
                    found.append(Caller(caller, outer.site(edge.site), hands[0]))
                elif depth + 1 < MAX_CHAIN and caller not in seen and outer.index == 0:
                    seen.add(caller)
                    work.append((caller, depth + 1))
                else:
                    return
        yield from found

    def _above(self, node: Node) -> list[tuple[Node, Edge]]:
        """Who calls a function; a literal that is only kept is called where the variable or field is."""
        if isinstance(node, str) and self._code.function(node).index != 0:
            return self._registered.get(node, [])
        return self._calls.callers.get(node, [])

    @cached_property
    def _registered(self) -> dict[str, list[tuple[Node, Edge]]]:
        """The calls of literals by way of the fields, or package variables, that keep them."""
        found: dict[str, list[tuple[Node, Edge]]] = {}
        for caller, edges in self._callbacks.edges.items():
            for edge in edges:
                if isinstance(edge.target, str):
                    found.setdefault(edge.target, []).append((caller, edge))
        for caller, call, variable in self._callbacks.of_variables():
            for literal in self._kept.get(variable, ()):
                edge = Edge(literal, call, ir.Mode.CALL, Reason.VALUE)
                found.setdefault(literal, []).append((caller, edge))
        return found

    @cached_property
    def _kept(self) -> dict[Member, list[str]]:
        """The literals that are assigned to package variables."""
        found: dict[Member, list[str]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.SetName):
                instruction = code.code[register]
                if isinstance(instruction, ir.SetName):
                    made = code.code[instruction.value]
                    if isinstance(made, ir.MakeClosure):
                        member = Member(code.package, "", instruction.name)
                        found.setdefault(member, []).append(self._code.sibling(code, made.function).id)
        return found

    def _is_run_or_kept(self, code: FunctionCode) -> bool:
        return self._cancellation.is_run_at_once(code) or self._is_only_kept(code)

    def _is_only_kept(self, code: FunctionCode) -> bool:
        """Whether all that happens to a literal is that a package variable or field keeps it, which others call."""
        around = self._code.sibling(code, code.function.parent)
        makes = {r for r, i in enumerate(around.code) if type(i) is ir.MakeClosure and i.function == code.index}
        uses = [i for i in around.code if any(is_operand(i, register) for register in makes)]
        called = all(self._is_called_at(caller, edge) for caller, edge in self._registered.get(code.id, ()))
        return called and bool(uses) and all(isinstance(i, ir.SetName | ir.SetField) for i in uses)

    def _is_called_at(self, caller: Node, edge: Edge) -> bool:
        return isinstance(caller, str) and isinstance(self._code.function(caller).callee(edge.site), p.Value)

    def _waits_for(self, outer: FunctionCode, edge: Edge) -> bool:
        """Whether the caller runs the function and waits for it, on its ordinary way."""
        call = outer.code[edge.site]
        if not isinstance(call, ir.Call) or call.mode != ir.Mode.CALL:
            return False
        ended = is_after_end(self._cancellation, outer, edge.site)
        return not ended and outer.block_of(edge.site) not in failed(outer)


def _undoes(code: FunctionCode, call: int) -> bool:
    """Whether the names here speak of ending or undoing: a hint, no proof."""
    callee = code.callee(call)
    name = callee.function.rpartition(".")[2] if isinstance(callee, p.Static) else ""
    if isinstance(callee, p.Interface):
        name = callee.method
    instruction = code.code[call]
    assert isinstance(instruction, ir.Call)
    selector = code.code[instruction.callee]
    if isinstance(selector, ir.Selector):
        name = selector.name
    own = code.id.rpartition(".")[2]
    return any(
        one.lower().startswith(knows.UNDOES) and not one.lower().startswith(knows.ALSO_WORK) for one in (name, own)
    )
