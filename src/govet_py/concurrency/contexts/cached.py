"""Objects in a cache that live on the context of whoever was the first to ask for them.

A function looks a key up in a map of its object, and puts there what it makes when the map has none. If what it
makes keeps the context it is given, or runs a goroutine under it, then that context must not be the one of a
caller, who ends it when it returns while others go on with the object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.concurrency.contexts.cancellation import Cancellation, Given, Slot
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.givers import Giver, Givers, parameters
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.concurrency.contexts.served_requests import ServedRequests
from govet_py.concurrency.effects.callbacks import Callbacks
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import Map


class Cached(NamedTuple):
    """What the call at `call` of `function` makes is cached; the caller ends its context at `end`, after the calls
    `through`, outermost first. `starts`: the call does not make it, but starts what works for it."""

    function: str
    call: int
    end: Site
    through: tuple[Site, ...]
    starts: bool


class CachedObjects:
    """Of a program; `keeps` tells whether a function keeps its context parameter in what it makes."""

    def __init__(
        self,
        code: Code,
        callbacks: Callbacks,
        cancellation: Cancellation,
        scoped: ScopedContexts,
        givers: Givers,
        keeps: Callable[[Slot], bool],
    ) -> None:
        self._code = code
        self._callbacks = callbacks
        self._cancellation = cancellation
        self._scoped = scoped
        self._givers = givers
        self._requests = ServedRequests(code)
        self._keeps = keeps

    def found(self) -> Iterator[Cached]:
        """One a call that makes such an object, or starts what works for it."""
        for id in self._code.ids():
            code = self._code.function(id)
            kept = list(self._cached(code))
            made = {at for value in kept for at in _origins(code, value)}
            started = {at for value in kept for at in _started(code, value)} - made
            for given in self._cancellation.given(code) if kept else ():
                if given.call in made | started and self._lives(code, given):
                    yield from self._ended(code, given, given.call in started)

    def _lives(self, code: FunctionCode, given: Given) -> bool:
        """Whether what a call makes, or starts, lasts as long as the context that it is given."""
        if code.mode_of(given.call) == ir.Mode.GO:
            return self._cancellation.waits_at(code, given)
        return any(self._lives_on(slot) for slot in self._slots(code, given))

    def _cached(self, code: FunctionCode) -> Iterator[int]:
        """What a function puts into maps that it looks into as well, and that outlive it."""
        stores = code.of_kind(ir.SetIndex)
        reads = [code.code[at] for at in code.of_kind(ir.Index)] if stores else []
        asked = {self._map(code, read.base) for read in reads if isinstance(read, ir.Index)}
        for at in stores:
            step = code.code[at]
            if isinstance(step, ir.SetIndex) and self._map(code, step.base) in asked - {None}:
                if _is_given(code, step.base) and not _is_of_context(code, step.index):
                    yield step.value

    def _map(self, code: FunctionCode, register: int) -> Member | None:
        if not isinstance(self._code.program.underlying(code.type_of(register)), Map):
            return None
        return member_of(self._code.program, code, register)

    def _slots(self, code: FunctionCode, given: Given) -> Iterator[Slot]:
        """The parameters that a context goes to, also those of functions that were registered before."""
        yield from self._cancellation.targets(code, given)
        for edge in self._callbacks.edges.get(code.id, ()):
            if edge.site == given.call:
                yield edge.target, given.position

    def _lives_on(self, slot: Slot) -> bool:
        """Whether a function keeps its context, or starts something that ends with it."""
        node, position = slot
        code = self._code.get(node) if isinstance(node, str) else None
        if code is None or position >= len(code.function.params):
            return False
        return self._keeps(slot) or any(self._starts(code, given, position) for given in self._cancellation.given(code))

    def _starts(self, code: FunctionCode, given: Given, position: int) -> bool:
        started = code.mode_of(given.call) == ir.Mode.GO
        mine = code.function.params[position] in self._scoped.variables(code, given.argument)
        return started and mine and self._cancellation.waits_at(code, given)

    # -- who ends the context ----------------------------------------------------------------------

    def _ended(self, code: FunctionCode, given: Given, starts: bool) -> Iterator[Cached]:
        variables = self._scoped.variables(code, given.argument)
        own = [at for id, at in parameters(code, variables) if id == code.id]
        for giver in self._givers.up(code, own):
            end = self._end(giver)
            if end is not None and self._is_users(giver):
                yield Cached(code.id, given.call, end, giver.through, starts)
                return

    def _end(self, giver: Giver) -> Site | None:
        for scoped in self._scoped.by_function.get(giver.function.id, ()):
            if (giver.function.id, scoped.made) in (giver.makers or ()):
                return giver.function.site(scoped.cancel)
        return self._requests.of(giver) if giver.through else None

    def _is_users(self, giver: Giver) -> bool:
        """Whether the caller calls on an object that it was given, so that this lasts longer than its context."""
        code = giver.function
        for call in code.of_kind(ir.Call):
            callee = code.callee(call) if code.site(call) == giver.through[0] else None
            if isinstance(callee, p.Static | p.Interface) and callee.receiver != ir.NONE:
                return not code.is_main and _is_given(code, callee.receiver)
        return False


def _origins(code: FunctionCode, register: int) -> Iterator[int]:
    """The calls whose results a value may be, straight or by way of a variable."""
    load = code.code[register]
    values = (register, *(code.values_of(load.var) if isinstance(load, ir.Load) else ()))
    return (call for call in map(code.call_behind, values) if call != ir.NONE)


def _started(code: FunctionCode, register: int) -> Iterator[int]:
    """The calls of methods of a value that a variable has."""
    load = code.code[register]
    for call in code.of_kind(ir.Call) if isinstance(load, ir.Load) else ():
        receiver = code.receiver_of(call)
        if receiver != ir.NONE and code.loads(receiver, load.var):  # type: ignore[union-attr]
            yield call


def _is_of_context(code: FunctionCode, key: int) -> bool:
    """Whether a key is computed from a context: who has another one gets another object."""
    calls = (code.code[at] for at in _origins(code, key))
    return any(code.type_of(at) == CONTEXT for call in calls if isinstance(call, ir.Call) for at in call.args)


def _is_given(code: FunctionCode, register: int) -> bool:
    """Whether a value is a part of a parameter, the receiver included, or of a package variable."""
    while True:
        match code.code[register]:
            case ir.Selector() | ir.FieldAddr() | ir.Deref() as step:
                if isinstance(code.denotes(register), p.VariableRef):
                    return True
                register = step.base
            case ir.Load() as load:
                return any(load.var in function.params for function in code.body.functions)
            case _:
                return isinstance(code.denotes(register), p.VariableRef)
