"""Goroutines that nobody waits for, under a context that ends before them.

A *stray* is started by a function that returns without waiting for anything, does finite work that waits
under a context of the function, and tells nobody when it is done. Its context ends with the function itself
(`defer cancel()`), with the request that the function serves, or with a caller: the first one up the call
chain that made the context and ends it when it returns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Node
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.members import Member, receiver_member
from govet_py.callgraph.uses import sends_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.channels.subjects import subject
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.early_notices import late
from govet_py.concurrency.contexts.first_signals import FirstSignals
from govet_py.concurrency.contexts.givers import Givers
from govet_py.concurrency.contexts.handed_contexts import NOTHING, HandedContexts
from govet_py.concurrency.contexts.joins import is_let_go, takes_time_after
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts, cancel_variables
from govet_py.concurrency.contexts.served_requests import ServedRequests, gives_request
from govet_py.concurrency.effects.fan_outs import FanOuts
from govet_py.concurrency.effects.goroutines import Goroutines
from govet_py.concurrency.flow.control import after
from govet_py.knowledge.concurrency import DONE, WAIT
from govet_py.knowledge.releases import POOL_VERBS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import FunctionValue
from govet_py.model.source import Site
from govet_py.model.types import UNKNOWN, Basic, Chan, Func, Unknown, is_error

METHOD_CALL = 8
"""How far behind its receiver a call of a method with small arguments comes."""


class End(NamedTuple):
    """What ends a context: at `site`, in `function`, after the calls `through` (outermost first). `made`: the
    calls go through a function that is named like one that makes an object, which may outlive the caller."""

    site: Site
    function: str
    through: tuple[Site, ...]
    made: bool = False


class Stray(NamedTuple):
    """`go` in `function` starts a goroutine that waits in `call` (of `inner`) under a context ended by `end`. `first`:
    the function waits for one of many such goroutines. `late`: it waits until the goroutine says that it is done, which
    it does before the call."""

    function: str
    go: int
    inner: str
    call: int
    end: End
    first: bool = False
    late: bool = False


class Strays:
    """The strays of a program."""

    def __init__(
        self,
        code: Code,
        values: ValueAnalysis,
        calls: CallGraph,
        cancellation: Cancellation,
        scoped: ScopedContexts,
        goroutines: Goroutines,
    ) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._cancellation = cancellation
        self._scoped = scoped
        self._goroutines = goroutines
        self._relays = HandedContexts(code, values, cancellation, scoped)
        self._givers = Givers(code, calls, cancellation, scoped)
        self._fan_outs = FanOuts(code, values, calls)
        self._first_signals = FirstSignals(code, cancellation)
        self._requests = ServedRequests(code)

    def found(self) -> Iterator[Stray]:
        """One stray a go statement, or call of a helper that starts what it is given."""
        started: dict[Node, tuple[FunctionCode, int]] = {}
        for node, edges in self._calls.edges.items():
            if isinstance(node, str) and any(edge.mode == ir.Mode.GO for edge in edges):
                code = self._code.function(node)
                for target, site, mode, _ in edges:
                    if mode == ir.Mode.GO and type(code.code[site]) is ir.Call and isinstance(target, str):
                        started[target] = (code, site)
                        yield from self._started(code, site, self._code.function(target))
        for function, (helper, go) in self._fan_outs.given(started, declared=True):
            given = self._code.get(function)
            if given is not None and self._lets_go(helper, go) and self._returns_nothing(helper):
                yield from self._handed_over(given, helper)

    def _returns_nothing(self, helper: FunctionCode) -> bool:
        """Whether whoever calls a helper gets nothing by which it would know what becomes of the goroutine: a plain
        value or an error at most."""
        program = self._code.program
        signature = program.signature(self._code.sibling(helper, 0).id)
        results = signature.results if signature is not None else ()
        plain = all(is_error(result) or isinstance(program.underlying(result), Basic) for result in results)
        return signature is not None and plain

    def _handed_over(self, target: FunctionCode, helper: FunctionCode) -> Iterator[Stray]:
        """The strays of a function that is an argument of a helper which starts it."""
        for code, site in self._calls.sites(self._code.sibling(helper, 0).id):
            call = code.code[site]
            if not isinstance(call, ir.Call) or (target.index != 0 and code.id != self._around(target)):
                continue
            for argument in call.args:
                values = self._values.of(code, argument)
                if any(isinstance(value, FunctionValue) and value.function == target.id for value in values):
                    relayed = self._relays.given(code, site, argument, helper, target)
                    yield from self._started(code, site, target, relayed)

    @staticmethod
    def _around(literal: FunctionCode) -> str:
        return literal_id(literal.body_id, literal.function.parent)

    def _started(
        self, code: FunctionCode, site: int, target: FunctionCode, relayed: Mapping[int, int] = NOTHING
    ) -> Iterator[Stray]:
        """The stray that the instruction at `site` starts; `relayed`: by parameter of `target` the register of `code`
        that it gets, where a helper hands it on."""
        if not self._ends_by_itself(target):
            return
        stays = not self._lets_go(code, site)
        signals = self._first_signals.awaited(code, site, target) if stays else set()
        behind = late(code, site, target) if stays and not signals else frozenset()
        if stays and not signals and not behind:
            return
        told: frozenset[Member] | None = frozenset()
        if signals:
            told = told if self._is_own_affair(code, target) else None
        elif not behind:
            told = self._told(target) if code.loop_of(site) == ir.NONE else None
        for function, given in self._given(code, site, target, relayed):
            if behind and (function.id != target.id or given.call not in behind):
                continue
            waits = self._cancellation.waits_at(function, given) or self._heeds(function, given)
            meant = not signals.isdisjoint(self._scoped.variables(function, given.argument))
            end = self._end(code, function, given, told, relayed, site) if waits and not meant else None
            if end is not None:
                yield Stray(code.id, site, function.id, given.call, end, bool(signals), bool(behind))
                return

    def _given(
        self, code: FunctionCode, site: int, target: FunctionCode, relayed: Mapping[int, int]
    ) -> Iterator[tuple[FunctionCode, Given]]:
        """The contexts that the goroutine works under: arguments of the go statement, what a literal that it runs
        hands on, and what a function hands on that a helper relays one to."""
        if code.mode_of(site) == ir.Mode.GO:
            yield from ((code, given) for given in self._cancellation.given(code) if given.call == site)
        if (target.body_id == code.body_id and target.index != 0) or relayed:
            yield from ((target, given) for given in self._cancellation.given(target))

    def _heeds(self, code: FunctionCode, given: Given) -> bool:
        """Whether what a call runs looks, at its work, whether the context that it is given is over, and may fail."""
        return any(
            self._cancellation.stems_from(body, asked, body.function.params[at])
            for body, at in ((self._code.function(id), at) for id, at in self._cancellation.bodies(code, given))
            if body.may_fail and at < len(body.function.params) and not self._cancellation.only_asks(body)
            for _, asked in self._cancellation.errs(body)
        )

    def _lets_go(self, code: FunctionCode, go: int) -> bool:
        """Whether nothing that takes time or waits comes after a go statement, nor is deferred before it."""
        return not takes_time_after(code, go) and is_let_go(self._code, code, go)

    def _ends_by_itself(self, code: FunctionCode) -> bool:
        """Whether a goroutine comes to an end, and does not ask for that of a context."""
        if self._cancellation.dones(code) or self._cancellation.errs(code):
            return False
        return all(loop.kind == "range" for loop in code.function.loops)

    def _told(self, code: FunctionCode) -> frozenset[Member] | None:
        """The groups in fields and package variables that a goroutine counts down when it is done; None where it tells
        somebody else."""
        groups: set[Member] = set()
        for register, instruction in enumerate(code.code):
            match instruction:
                case ir.Send() | ir.Select():
                    return None
                case ir.Store() if code.body.vars[instruction.var].owner != code.index:
                    return None
                case ir.Call() if self._gives_notice(code, register) and not self._is_unheard(code, register):
                    group = self._group(code, register)
                    if group is None:
                        return None
                    groups.add(group)
                case ir.Call() if self._puts_back(code, register):
                    return None
        return frozenset(groups)

    @staticmethod
    def _puts_back(code: FunctionCode, call: int) -> bool:
        """Whether a goroutine gives back to a pool, or a semaphore, that is not its own: who empties that waits."""
        what = subject(code, code.receiver_of(call)) if code.called_name(call) in POOL_VERBS else None
        return what is not None and (what.var < 0 or code.body.vars[what.var].owner != code.index)

    def _is_own_affair(self, code: FunctionCode, target: FunctionCode) -> bool:
        """Whether only the starter and its literals hear of the end of a goroutine, and can tell nobody by what they
        return: groups that it counts down, and channels, are local variables."""
        signature = self._code.program.signature(code.id)
        types = signature.results if signature is not None else (UNKNOWN,)
        if any(isinstance(self._code.program.underlying(type_), Chan | Func | Unknown) for type_ in types):
            return False
        literals = (self._code.sibling(code, index) for index in range(len(code.body.functions)) if index != code.index)
        told = [subject(frame, of) for frame in literals for of in self._notified(frame)]
        own = {var for var, one in enumerate(code.body.vars) if one.owner == code.index} - set(code.function.params)
        return all(one is not None and one.var in own and not one.fields for one in told)

    def _notified(self, code: FunctionCode) -> Iterator[int]:
        """The channels that a function sends on or closes, and the groups that it counts down."""
        for at in code.of_kind(ir.Call, ir.Send, ir.Select):
            step = code.code[at]
            yield from (channel for channel, _, _ in sends_of(step))
            if isinstance(step, ir.Call) and self._gives_notice(code, at):
                receiver = code.receiver_of(at)
                yield step.args[0] if receiver == ir.NONE else receiver

    def _group(self, code: FunctionCode, call: int) -> Member | None:
        """The member that a method of a wait group is called on."""
        return receiver_member(self._code.program, code, call)

    @cached_property
    def _waiters(self) -> dict[Member | None, list[str]]:
        """The functions that wait for a group, by its member."""
        found: dict[Member | None, list[str]] = {}
        for id, call in (at for name in sorted(WAIT) for at in self._calls.named(name)):
            found.setdefault(self._group(self._code.function(id), call), []).append(id)
        return found

    @staticmethod
    def _gives_notice(code: FunctionCode, call: int) -> bool:
        callee = code.callee(call)
        if isinstance(callee, p.BuiltinCall):
            return callee.name == "close"
        return p.is_one_of(callee, DONE)

    def _is_unheard(self, code: FunctionCode, call: int) -> bool:
        """Whether a goroutine counts down a local wait group that nobody waits for, and nobody else has."""
        callee = code.callee(call)
        group = subject(code, callee.receiver) if isinstance(callee, p.Static) and callee.receiver >= 0 else None
        if group is None or group.var < 0 or group.fields:
            return False
        for index in range(len(code.body.functions)):
            function = self._code.sibling(code, index)
            for at, step in enumerate(function.code):
                if not isinstance(step, ir.Load | ir.Addr) or step.var != group.var:
                    continue
                near = range(at + 1, min(at + METHOD_CALL, len(function.code)))
                if not any(_calls_on(function, at, user) for user in near):
                    return False
        return True

    # -- what ends the context ---------------------------------------------------------------------

    def _end(
        self, code: FunctionCode, function: FunctionCode, given: Given, told: Set[Member] | None,
        relayed: Mapping[int, int], site: int,
    ) -> End | None:
        """What ends the context: when the starter returns it does not matter whom the goroutine tells afterwards;
        a caller may wait for one that tells somebody, but for groups that it does not come to wait for."""
        makers, variables = self._scoped.trace(function, given.argument)
        for var in variables.intersection(relayed):
            outer = self._scoped.trace(code, relayed[var])
            makers, variables = makers | outer[0], variables | outer[1]
        here = self._ended_in(code, makers, site)
        if here is not None or told is None:
            return here
        params = [at for at, var in enumerate(code.function.params) if var in variables]
        end = self._above(code, params) if params else None
        return None if end is None or self._waits_for(end.function, told) else end

    def _waits_for(self, function: str, told: Set[Member]) -> bool:
        """Whether a function, or one that it comes to, waits for one of some groups."""
        waiters = {id for group in told for id in self._waiters.get(group, ())}
        return bool(waiters) and not waiters.isdisjoint(self._calls.reachable([function]))

    def _ended_in(self, code: FunctionCode, makers: Set[tuple[str, int]], call: int) -> End | None:
        """What ends a context, which went through some calls, in a function that has used it in a call."""
        for id, at in sorted(makers):
            maker = self._code.function(id)
            for scoped in self._scoped.by_function.get(id, ()) if _is_around(maker, code) else ():
                if scoped.always and scoped.made == at:
                    return End(maker.site(scoped.cancel), id, ())
            if gives_request(maker, at):
                return End(maker.site(at), id, ())
            cancel = _cancel_behind(code, call, cancel_variables(maker, at)) if maker.body_id == code.body_id else None
            if cancel is not None:
                return End(code.site(cancel), code.id, ())
        return None

    def _above(self, code: FunctionCode, params: list[int]) -> End | None:
        """The nearest caller that ends the context it hands down to one of the parameters."""
        for giver in self._givers.up(code, params):
            function = giver.function
            if giver.makers is None:
                served = self._requests.of(giver)
                if served is not None:
                    return End(served, function.id, giver.through, giver.made)
                continue
            calls = (at for at in function.of_kind(ir.Call) if function.site(at) == giver.through[0])
            end = self._ended_in(function, giver.makers, next(calls, ir.NONE))
            if end is not None and self._comes_again(end.function):
                return end._replace(through=giver.through, made=giver.made)
        return None

    def _comes_again(self, function: str) -> bool:
        """Whether a function serves one request among many, or is called again and again: the end of what runs once is
        the end of the program."""
        return self._goroutines.many(function) is not None or self._goroutines.is_repeated(function)


def _cancel_behind(code: FunctionCode, call: int, variables: Set[int]) -> int | None:
    """The call of a cancel function, kept in one of some variables, that each way from another call leads to."""
    calls = (at for at in code.of_kind(ir.Call) if variables and code.mode_of(at) == ir.Mode.CALL)
    callees = {at: code.code[at].callee for at in calls}  # type: ignore[union-attr]
    cancels = {at for at, callee in callees.items() if any(code.loads(callee, var) for var in variables)}
    behind = after(code, call, cancels.__contains__)
    met = [at for at in behind if at in cancels or isinstance(code.code[at], ir.Return)]
    return met[0] if met and cancels.issuperset(met) else None


def _is_around(outer: FunctionCode, code: FunctionCode) -> bool:
    """Whether a function is another one, or has it as a literal."""
    index = code.index if outer.body_id == code.body_id else ir.NONE
    while index not in (ir.NONE, outer.index):
        index = code.body.functions[index].parent
    return index != ir.NONE


def _calls_on(code: FunctionCode, value: int, call: int) -> bool:
    """Whether a call is of a method of a value, other than Wait."""
    callee = code.callee(call) if isinstance(code.code[call], ir.Call) else None
    return isinstance(callee, p.Static) and callee.receiver == value and callee.function not in WAIT
