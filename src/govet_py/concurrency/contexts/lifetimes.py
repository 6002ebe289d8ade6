"""Things that outlive their context, and clean-up that comes after its end.

A scoped context ends when its function returns: a stream, a query's rows, an object that keeps the
context, or a goroutine that nobody waits for fails then at its next step. The mirror: work that is
begun where the context is known to be over, or in a deferred call that runs after the deferred cancel.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import deferred_literals
from govet_py.concurrency.contexts.cached import CachedObjects
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.deferred_undoing import DeferredUndoing
from govet_py.concurrency.contexts.ended_contexts import EndedContexts
from govet_py.concurrency.contexts.ended_fields import EndedFields
from govet_py.concurrency.contexts.endings import over_edges
from govet_py.concurrency.contexts.escapes import Escapes, results
from govet_py.concurrency.contexts.expiring import Expiring, ExpiringReleases
from govet_py.concurrency.contexts.fed_channels import FedChannels
from govet_py.concurrency.contexts.givers import Givers
from govet_py.concurrency.contexts.giving_up import GivingUp
from govet_py.concurrency.contexts.joins import is_let_go, takes_time_after
from govet_py.concurrency.contexts.late_callbacks import LateCallbacks
from govet_py.concurrency.contexts.living import lives_on
from govet_py.concurrency.contexts.put_off import PutOff
from govet_py.concurrency.contexts.retained import Retained
from govet_py.concurrency.contexts.scoped_contexts import Scoped, ScopedContexts
from govet_py.concurrency.contexts.served_objects import RESULT, ServedObjects, operands_of
from govet_py.concurrency.contexts.served_requests import ServedRequests
from govet_py.concurrency.contexts.unshared import UnsharedContexts
from govet_py.concurrency.contexts.vain_undoing import VainUndoing, releases, undoes
from govet_py.concurrency.effects.callbacks import Callbacks
from govet_py.concurrency.flow.control import after, behind_edges
from govet_py.concurrency.flow.failures import failed
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import Chan, Type, TypeName, deref, results_of


class Fault(Enum):
    OVER = "over"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    FAILED = "failed"
    IN_VAIN = "in vain"
    LEFT = "left"
    HANDLE = "handle"
    CLOSURE = "closure"
    KEPT = "kept"
    HELD = "held"
    FED = "fed"
    DERIVED = "derived"
    CANCEL = "cancel"
    SHARED = "shared"
    TENDED = "tended"
    SERVED = "served"
    STARTED = "started"
    UNSHARED = "unshared"
    CALLBACK = "callback"


class Lifetime(NamedTuple):
    """In `function`, instruction `register` uses (or lets out) a context after its end at `end`; `made` is
    where it was made, None when it was given; it comes down by the calls `through`, outermost first, and `below`
    is where it is waited under."""

    fault: Fault
    function: str
    register: int
    made: Site | None
    end: Site
    through: tuple[Site, ...] = ()
    below: tuple[Site, ...] = ()


class Lifetimes:
    """The faults of lifetime in a program."""

    def __init__(
        self, code: Code, calls: CallGraph, callbacks: Callbacks, cancellation: Cancellation, scoped: ScopedContexts
    ) -> None:
        self._code = code
        self._calls = calls
        self._served = ServedObjects(code, cancellation)
        self._cancellation = cancellation
        self._scoped = scoped
        self._escapes = Escapes(code)
        self._retained = Retained(code, cancellation, self._escapes)
        self._put_off = PutOff(code)
        self._fed = FedChannels(code, calls, cancellation, self._retained)
        self._giving_up = GivingUp(code, calls, cancellation, scoped)
        givers = Givers(code, calls, cancellation, scoped)
        self._expiring = ExpiringReleases(scoped, givers, self._giving_up, ServedRequests(code))
        self._ended = EndedContexts(code, calls, cancellation, scoped, self._giving_up)
        self._ended_fields = EndedFields(code, calls, cancellation, scoped)
        self._cached = CachedObjects(code, callbacks, cancellation, scoped, givers, self._retained.keeps)
        self._late_callbacks = LateCallbacks(code, calls, cancellation, scoped, self._escapes)
        self._unshared = UnsharedContexts(code, calls, cancellation, scoped)
        self._left = DeferredUndoing(code, cancellation, scoped)
        self._vain = VainUndoing(code, cancellation, scoped, self._expiring)

    def found(self) -> Iterator[Lifetime]:
        """All of them."""
        for id in self._cancellation.askers():
            yield from self._over(self._code.function(id))
        yield from self._run_at_the_end()
        for id, contexts in sorted(self._scoped.by_function.items()):
            code = self._code.function(id)
            for scoped in contexts:
                yield from self._deferred(code, scoped)
                if scoped.always:
                    if not _is_command(code):
                        yield from self._let_out(code, scoped)
                        yield from self._started(code, scoped)
                    yield from self._handed_out(code, scoped)
        limited = list(self._limited_above())
        yield from limited
        yield from self._undone()
        told = {(one.function, one.register) for one in limited}
        for left in self._left.found():
            if (left.function, left.call) not in told:
                end = self._code.function(left.owner).site(left.cut)
                yield Lifetime(Fault.LEFT, left.function, left.call, None, end)
        for use in self._ended.found():
            fault = Fault.DERIVED if use.derives else Fault.OVER
            yield Lifetime(fault, use.function, use.call, use.made, use.end)
        for field in self._ended_fields.found():
            yield Lifetime(Fault.OVER, field.function, field.call, None, field.end)
        for late in self._late_callbacks.found():
            code = self._code.function(late.scoped.function)
            made, end, go = (code.site(at) for at in (late.scoped.made, late.scoped.cancel, late.go))
            yield Lifetime(Fault.CALLBACK, late.function, late.call, made, end, (go,))
        for alone, start in self._unshared.found():
            code = self._code.function(alone.function)
            yield Lifetime(Fault.UNSHARED, code.id, start, code.site(alone.made), code.site(alone.cancel))
        for one in self._cached.found():
            fault = Fault.TENDED if one.starts else Fault.SHARED
            yield Lifetime(fault, one.function, one.call, None, one.end, one.through)

    # -- work after the end ------------------------------------------------------------------------

    def _over(self, code: FunctionCode) -> Iterator[Lifetime]:
        for edge, context in over_edges(self._cancellation, code):
            blocks = behind_edges(code, [edge])
            block = code.function.blocks[edge[0]]
            last = code.code[block.end - 1]
            of_case = Site(code.path, last.cases[edge[1]].span) if isinstance(last, ir.Select) else None
            end = of_case or code.site(block.end - 1)
            yield from self._in_vain(code, blocks, context, end)
            yield from self._renewed(code, blocks, context, end)

    def _in_vain(self, code: FunctionCode, blocks: frozenset[int], context: int, end: Site) -> Iterator[Lifetime]:
        load = code.code[context]
        if not isinstance(load, ir.Load):
            return
        if code.is_set_in(load.var, blocks):
            return
        for given in self._cancellation.given(code):
            if code.block_of(given.call) in blocks and given.argument != context:
                if self._waits_under(code, given, load.var):
                    yield Lifetime(Fault.OVER, code.id, given.call, None, end)
        for register in code.of_kind(ir.Call):
            inner = self._literal(code, register) if code.block_of(register) in blocks else None
            if inner is not None and not self._asks(inner, load.var):
                yield from self._in_literal(inner, load.var, end, (code.site(register),))

    def _in_literal(self, inner: FunctionCode, var: int, end: Site, way: tuple[Site, ...]) -> Iterator[Lifetime]:
        for given in self._cancellation.given(inner):
            if self._waits_under(inner, given, var):
                yield Lifetime(Fault.OVER, inner.id, given.call, None, end, way)

    def _run_at_the_end(self) -> Iterator[Lifetime]:
        """What a context runs when it is over: `context.AfterFunc(ctx, func() { ... })`."""
        for name, (context, run) in sorted(knows.RUNS_AT_END.items()):
            for id, register in self._calls.named(name):
                code = self._code.function(id)
                args = code.code[register].args  # type: ignore[union-attr]
                load, made = code.code[args[context]], code.code[code.source(args[run])]
                if isinstance(load, ir.Load) and isinstance(made, ir.MakeClosure):
                    inner = self._code.sibling(code, made.function)
                    if not self._asks(inner, load.var):
                        yield from self._in_literal(inner, load.var, code.site(register), ())

    def _waits_under(self, code: FunctionCode, given: Given, var: int) -> bool:
        """Whether a call waits under a context that was in a variable."""
        if var not in self._scoped.variables(code, given.argument) or self._is_question(code, given.call):
            return False
        return self._cancellation.waits_at(code, given)

    def _is_question(self, code: FunctionCode, call: int) -> bool:
        """Whether what a call runs only looks if a context is over, does not wait for it, and says so."""
        callee = code.callee(call)
        asked = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        if asked is None or asked.function.signature.results != (TypeName("bool"),) or self._cancellation.given(asked):
            return False
        waits = (asked.code[at] for at in asked.of_kind(ir.Select, ir.Recv))
        return all(isinstance(one, ir.Select) and one.has_default for one in waits)

    def _literal(self, code: FunctionCode, call: int) -> FunctionCode | None:
        """The literal that a call of a local variable runs: the only one that is ever put into it."""
        held = code.code[code.code[call].callee]  # type: ignore[union-attr]
        values = list(self._code.values_of(code, held.var)) if isinstance(held, ir.Load) else []
        made = values[0][0].code[values[0][1]] if len(values) == 1 else None
        return self._code.sibling(code, made.function) if isinstance(made, ir.MakeClosure) else None

    def _asks(self, code: FunctionCode, var: int) -> bool:
        """Whether a function asks if the context in a variable is over, or puts another one into it."""
        asked = (*self._cancellation.dones(code), *self._cancellation.errs(code))
        return var in code.stores or any(var in self._scoped.variables(code, context) for _, context in asked)

    def _renewed(self, code: FunctionCode, blocks: frozenset[int], context: int, end: Site) -> Iterator[Lifetime]:
        """A time limit for a context that is over, in its place: `ctx, cancel = WithTimeout(ctx, limit)`."""
        load = code.code[context]
        if not isinstance(load, ir.Load):
            return
        stores = code.stores.get(load.var, ())
        for store in stores:
            made = code.call_behind(code.stored(store))
            call = code.code[made] if made != ir.NONE else None
            if not isinstance(call, ir.Call) or not call.args or code.block_of(made) not in blocks:
                continue
            if any(code.block_of(other) in blocks and other < made for other in stores):
                continue
            callee, parent = code.callee(made), code.code[call.args[0]]
            limits = p.is_one_of(callee, knows.LIMITED)
            if limits and isinstance(parent, ir.Load) and parent.var == load.var:
                yield Lifetime(Fault.DERIVED, code.id, made, None, end)

    def _deferred(self, code: FunctionCode, scoped: Scoped) -> Iterator[Lifetime]:
        """Deferred calls that wait under a scoped context: run after its cancel, or when time has ended it."""
        made = code.site(scoped.made)
        for register in filter(code.is_deferred, code.of_kind(ir.Call)):
            for function, given in self._in_defer(code, register) if register != scoped.cancel else ():
                if (code.id, scoped.made) not in self._scoped.makers(function, given.argument):
                    continue
                if not self._cancellation.waits_at(function, given) and not self._giving_up.at(function, given):
                    continue
                if self._comes_after(code, register, scoped):
                    yield Lifetime(Fault.CANCELLED, function.id, given.call, made, code.site(scoped.cancel))
                elif scoped.limited and releases(code, function, given.call):
                    yield Lifetime(Fault.EXPIRED, function.id, given.call, made, made)
                elif scoped.limited and _is_after_failure(function, given.call):
                    yield Lifetime(Fault.FAILED, function.id, given.call, made, made)

    def _limited_above(self) -> Iterator[Lifetime]:
        """Deferred releases under a parameter, after a failure, when a caller has given it a time limit."""
        for id in self._code.ids():
            code = self._code.function(id)
            for index in deferred_literals(code):
                inner = self._code.sibling(code, index)
                for given in self._cancellation.given(inner):
                    late = self._expiring.of(code, inner, given) if undoes(inner, given.call) else None
                    if late is not None:
                        yield Lifetime(Fault.EXPIRED, inner.id, given.call, late.limit, late.limit, late.through)

    def _undone(self) -> Iterator[Lifetime]:
        """What is undone, after a failure, under the context that may be the reason for it."""
        for one in self._vain.found():
            if isinstance(one, Expiring):
                yield Lifetime(Fault.EXPIRED, one.function, one.call, one.limit, one.limit, one.through)
            else:
                end = self._code.function(one.function).site(one.failed)
                yield Lifetime(Fault.IN_VAIN, one.function, one.call, None, end, below=one.waits)

    def _in_defer(self, code: FunctionCode, register: int) -> Iterator[tuple[FunctionCode, Given]]:
        made = code.code[code.code[register].callee]  # type: ignore[union-attr]
        if isinstance(made, ir.MakeClosure):
            inner = self._code.sibling(code, made.function)
            yield from ((inner, given) for given in self._cancellation.given(inner))
            return
        yield from ((code, given) for given in self._cancellation.given(code) if given.call == register)

    @staticmethod
    def _comes_after(code: FunctionCode, register: int, scoped: Scoped) -> bool:
        """Whether a deferred call runs after the deferred cancel: it was deferred before it, on every way."""
        if code.loop_of(register) != ir.NONE or code.loop_of(scoped.cancel) != ir.NONE:
            return False
        return scoped.cancel in after(code, register) and register not in after(code, scoped.cancel)

    # -- what goes on after the end ----------------------------------------------------------------

    def _handed_out(self, code: FunctionCode, scoped: Scoped) -> Iterator[Lifetime]:
        """A cancel function that is deferred, and returned as well: whoever gets it gets a context that is over."""
        defer = code.code[scoped.cancel]
        held = code.code[defer.callee] if isinstance(defer, ir.Call) else None
        if not isinstance(held, ir.Load):
            return
        for register in after(code, scoped.cancel):
            step = code.code[register]
            for value in step.results if isinstance(step, ir.Return) else ():
                if value >= 0 and _holds(code, value, held.var):
                    yield Lifetime(Fault.CANCEL, code.id, scoped.made, None, code.site(scoped.cancel))
                    return

    def _let_out(self, code: FunctionCode, scoped: Scoped) -> Iterator[Lifetime]:
        made, end = code.site(scoped.made), code.site(scoped.cancel)
        late = frozenset(after(code, scoped.cancel))
        for given in self._cancellation.given(code):
            call = code.code[given.call]
            if not isinstance(call, ir.Call) or call.mode != ir.Mode.CALL:
                continue
            if given.call not in late and scoped.cancel not in after(code, given.call):
                continue
            fault = self._fault_of(code, given)
            if fault is not None and (code.id, scoped.made) in self._scoped.makers(code, given.argument):
                yield Lifetime(fault, code.id, given.call, made, end)
        for register, literal in enumerate(code.code):
            if type(literal) is ir.MakeClosure and self._is_run_later(code, register):
                inner = self._code.sibling(code, literal.function)
                for given in self._cancellation.given(inner):
                    if (code.id, scoped.made) in self._scoped.makers(inner, given.argument):
                        if self._cancellation.waits_at(inner, given):
                            yield Lifetime(Fault.CLOSURE, inner.id, given.call, made, end)
        for register in code.of_kind(ir.Composite):
            if register in late and self._keeps(code, register, scoped) and not takes_time_after(code, register):
                yield Lifetime(Fault.HELD, code.id, register, made, end)

    def _keeps(self, code: FunctionCode, literal: int, scoped: Scoped) -> bool:
        """Whether what a function makes and lets out has the context in it."""
        values = code.code[literal].values  # type: ignore[union-attr]
        kept = (value for value in values if code.type_of(value) == CONTEXT)
        under = any((code.id, scoped.made) in self._scoped.makers(code, value) for value in kept)
        return under and self._escapes.is_let_out(code, literal)

    def _is_run_later(self, code: FunctionCode, literal: int) -> bool:
        return self._escapes.escapes_for_good(code, literal) or self._put_off.is_put_off(code, literal)

    def _started(self, code: FunctionCode, scoped: Scoped) -> Iterator[Lifetime]:
        """The goroutines that the function starts itself for what it makes and lets out, and that go on under its
        context. One that looks after an object while the function works has nothing to do later."""

        def is_it(function: FunctionCode, register: int) -> bool:
            return (code.id, scoped.made) in self._scoped.makers(function, register)

        for at in code.of_kind(ir.Call):
            made = [value for var in sorted(self._served.started_for(code, at)) for value in _made(code, var)]
            if made and self._served.lasts_at(code, at, is_it) and is_let_go(self._code, code, at):
                busy = takes_time_after(code, at)
                kept = [one for one in made if not busy or self._has_channel(code.type_of(one))]
                if any(self._escapes.is_let_out(code, register) for register in kept):
                    yield Lifetime(Fault.STARTED, code.id, at, code.site(scoped.made), code.site(scoped.cancel))

    def _fault_of(self, code: FunctionCode, given: Given) -> Fault | None:
        """How what a call returns keeps the context, and is let out; None when it does neither."""
        for register in results(code, given.call):
            fault = self._kept_in(code, given, code.type_of(register))
            if fault is not None and self._escapes.is_let_out(code, register, to_goroutines=True):
                return fault
        for at, register in operands_of(code, given.call):
            if register != given.argument and self._served.is_served(code, given, at):
                if self._escapes.is_let_out(code, code.source(register)):
                    return Fault.SERVED
        return None

    def _kept_in(self, code: FunctionCode, given: Given, type_: Type) -> Fault | None:
        """How a result of some type keeps the context that its call is given."""
        if lives_on(self._code.program, type_):
            return Fault.HANDLE
        may_keep = self._retained.may_keep(type_)
        if may_keep and self._retained.is_kept(code, given):
            return Fault.KEPT
        if self._has_channel(type_) and self._fed.is_fed(code, given):
            return Fault.FED
        return Fault.SERVED if may_keep and self._served.is_served(code, given, RESULT) else None

    def _has_channel(self, type_: Type) -> bool:
        return any(isinstance(self._code.program.underlying(part), Chan) for part in results_of(type_))


def _is_command(code: FunctionCode) -> bool:
    """Whether the program ends with a function."""
    return code.is_main or any(deref(code.types.var_type(var)) == knows.COMMAND for var in code.function.params)


def _is_after_failure(code: FunctionCode, call: int) -> bool:
    """Whether a deferred literal comes to a call only where it finds that the function has failed."""
    return code.index != 0 and code.block_of(call) in failed(code)


def _made(code: FunctionCode, var: int) -> Iterator[int]:
    """What a function makes, or has made, for a variable of its own that is stored once."""
    if (value := code.value_of(var)) != ir.NONE and isinstance(code.code[value], ir.Call | ir.Composite | ir.Extract):
        yield value


def _holds(code: FunctionCode, register: int, var: int) -> bool:
    """Whether a value is that of a variable, or a composite that it is put into."""
    step = code.code[register]
    if isinstance(step, ir.Composite):
        return any(_holds(code, value, var) for value in step.values)
    return isinstance(step, ir.Load) and step.var == var
