"""Callbacks that ask back: who registers a function, or itself as a listener, with an object, and calls it again.

The object runs the function with its lock held, and the call takes that lock. That both are one object is shown where
the function was registered: what it calls is what it was registered with, `b.on(s.changed)`, or `b.on(s)` for a method
of the listener's interface, and then `s.b.count()`. A lock of something that the object keeps by key is the same one if
both calls name the same keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from itertools import chain
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.values import KEY, ValueAnalysis
from govet_py.concurrency.deadlocks.critical_events import Event, EventKind, Held, Pair
from govet_py.concurrency.effects.callbacks import Callbacks
from govet_py.concurrency.effects.traces import steps
from govet_py.knowledge.contexts import CONTEXT
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, FunctionValue, ParamRoot, Path, VarRoot
from govet_py.model.types import Named, Type, deref

DEPTH = 4
MANY = frozenset((ELEMENT, KEY))


class Registration(NamedTuple):
    """The call at `call` of `code` gives `function`, bound to `receivers`, to the object at `owners`."""

    code: FunctionCode
    call: int
    function: str
    receivers: tuple[Path, ...]
    owners: frozenset[Path]


class Reentries:
    """The callbacks of a program that call whom they were registered with."""

    def __init__(
        self,
        code: Code,
        values: ValueAnalysis,
        calls: CallGraph,
        callbacks: Callbacks,
        events: Callable[[Node], tuple[Event, ...]],
    ) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._callbacks = callbacks
        self._events = events

    def asks_back(self, held: Held, pair: Pair) -> bool:
        """Whether a lock that is held is taken again since a function, registered before, asks its owner back."""
        if held.member is None or held.member != pair.event.member:
            return False
        functions = dict.fromkeys(value.function for value in self._callbacks.of(pair.function, pair.anchor))
        registered = chain.from_iterable(map(self._registrations, functions))
        return any(
            self._asks(one, self._code.function(one.function), one.receivers, (pair.function, held), DEPTH)
            for one in chain(registered, self._listeners(pair, held.member))
        )

    def _listeners(self, pair: Pair, lock: Member) -> Iterator[Registration]:
        """The objects that were given to the owner of a lock by an interface that is called on the way to it."""
        for code, callee in self._asked_by_interface(pair):
            methods = self._code.program.implementers(callee.interface, callee.method)
            fields = {field for path in self._values.paths(code, callee.receiver) for field in path.fields} - MANY
            for caller, at, argument in self._introduced(lock, callee.interface, fields):
                yield from self._as_listener(caller, at, argument, methods)

    def _asked_by_interface(self, pair: Pair) -> Iterator[tuple[FunctionCode, p.Interface]]:
        """The calls of interface methods on the way to an event."""
        for way in steps(pair.event.trace):
            code = self._code.enclosing(way.site)
            for call in code.of_kind(ir.Call) if code is not None else ():
                if code is not None and code.site(call) == way.site:
                    callee = code.callee(call)
                    if isinstance(callee, p.Interface):
                        yield code, callee

    def _introduced(
        self, lock: Member, interface: Type, fields: Set[str]
    ) -> Iterator[tuple[FunctionCode, int, int]]:
        """The calls of methods of a lock's owner that are given an object by an interface, for one of these fields if
        any are known: caller, call, argument."""
        program = self._code.program
        package = program.packages.get(lock.package)
        methods = package.methods.get(lock.owner, {}) if package is not None else {}
        for id in (method.id for method in methods.values()):
            signature = program.signature(id)
            at = signature.params.index(interface) if signature and interface in signature.params else ir.NONE
            if at < 0 or (fields and fields.isdisjoint(self._named(id))):
                continue
            for caller, call in self._calls.sites(id):
                step = caller.code[call]
                if isinstance(step, ir.Call) and at < len(step.args):
                    yield caller, call, step.args[at]

    def _named(self, function: str) -> Iterator[str]:
        """The fields that a function names, or what it calls."""
        for node in (function, *(edge.target for edge in self._calls.edges.get(function, ()))):
            code = self._code.get(node) if isinstance(node, str) else None
            for at in code.of_kind(ir.Selector, ir.FieldAddr, ir.SetField) if code is not None else ():
                yield code.code[at].name  # type: ignore[union-attr]

    def _as_listener(
        self, code: FunctionCode, call: int, argument: int, methods: tuple[str, ...]
    ) -> Iterator[Registration]:
        given = deref(code.type_of(argument))
        owners = frozenset(self._receivers(code, code.callee(call)))
        for method in methods if isinstance(given, Named) else ():
            if isinstance(given, Named) and method.startswith(p.method_id(given, "")):
                yield Registration(code, call, method, self._values.paths(code, argument), owners)

    def _registrations(self, function: str) -> Iterator[Registration]:
        edges = self._calls.callers.get(function, ())
        for caller in dict.fromkeys(node for node, edge in edges if edge.reason == Reason.VALUE):
            code = self._code.get(caller) if isinstance(caller, str) else None
            if code is not None:
                yield from self._registered(code, function)

    def _registered(self, code: FunctionCode, function: str) -> Iterator[Registration]:
        for call in code.of_kind(ir.Call):
            callee = code.callee(call)
            if isinstance(callee, p.Static | p.Interface) and callee.receiver != ir.NONE:
                owners = frozenset(self._receivers(code, callee))
                for value in self._given(code, call) if owners else ():
                    if isinstance(value, FunctionValue) and value.function == function:
                        yield Registration(code, call, function, value.receivers, owners)

    def _receivers(self, code: FunctionCode, callee: p.Callee) -> tuple[Path, ...]:
        """The objects whose method a call names, which may be embedded in what is written there."""
        if not isinstance(callee, p.Static | p.Interface) or callee.receiver == ir.NONE:
            return ()
        return tuple(path.extend(callee.via) for path in self._values.paths(code, callee.receiver))

    def _given(self, code: FunctionCode, call: int) -> Iterator[object]:
        """What a call is given: values, and constants as they are written."""
        step = code.code[call]
        for argument in step.args if isinstance(step, ir.Call) else ():
            constant = code.code[argument]
            yield from (constant,) if isinstance(constant, ir.Const) else self._values.of(code, argument)

    # -- what the callback does --------------------------------------------------------------------

    def _asks(
        self,
        one: Registration,
        code: FunctionCode,
        receivers: tuple[Path, ...],
        holding: tuple[str, Held],
        depth: int,
    ) -> bool:
        """Whether a function, with these receivers in the frame of the registration, takes the lock."""
        for call in code.of_kind(ir.Call):
            callee = code.callee(call)
            if not isinstance(callee, p.Static | p.Interface) or code.mode_of(call) != ir.Mode.CALL:
                continue
            found = self._outer(code, self._receivers(code, callee), receivers)
            if one.owners & set(found):
                if self._takes(one, code, call, callee, receivers, holding):
                    return True
            elif isinstance(callee, p.Static) and depth:
                inner = self._code.get(callee.function)
                if inner is not None and found and self._asks(one, inner, found, holding, depth - 1):
                    return True
        return False

    def _takes(
        self,
        one: Registration,
        code: FunctionCode,
        call: int,
        callee: p.Static | p.Interface,
        receivers: tuple[Path, ...],
        holding: tuple[str, Held],
    ) -> bool:
        """Whether a call of the owner takes the lock: its own, or that of what it keeps by the keys of the call."""
        node = callee.function if isinstance(callee, p.Static) else InterfaceNode(callee.interface, callee.method)
        holder, held = self._code.function(holding[0]), holding[1]
        for event in self._events(node):
            if event.kind == EventKind.ACQUIRE and event.member == held.member:
                path = event.path
                own = path is not None and path.root == ParamRoot(0) and MANY.isdisjoint(path.fields)
                if own and held.path == _of_receiver(holder, event.path):
                    return True
                if not own and self._same_keys(one, code, call, receivers):
                    return True
        return False

    def _same_keys(self, one: Registration, code: FunctionCode, call: int, receivers: tuple[Path, ...]) -> bool:
        """Whether a call is given nothing but what the registration was given as well."""
        step = code.code[call]
        registered = set(self._given(one.code, one.call))
        keys = [at for at in step.args if code.type_of(at) != CONTEXT] if isinstance(step, ir.Call) else []
        return bool(keys) and all(registered & set(self._key(code, at, receivers)) for at in keys)

    def _key(self, code: FunctionCode, register: int, receivers: tuple[Path, ...]) -> tuple[object, ...]:
        constant = code.code[register]
        if isinstance(constant, ir.Const):
            return (constant,)
        return self._outer(code, self._values.paths(code, register), receivers)

    def _outer(self, code: FunctionCode, paths: tuple[Path, ...], receivers: tuple[Path, ...]) -> tuple[Path, ...]:
        """Paths of a function in the frame of the registration: below its receiver, or those of a literal there."""
        own = _of_receiver(code, Path(ParamRoot(0)))
        found: list[Path] = []
        for path in paths:
            if own is not None and path.root == own.root:
                found.extend(self._values.canonical(base.extend(path.fields)) for base in receivers)
            else:
                found.append(self._values.canonical(path))
        return tuple(found)


def _of_receiver(code: FunctionCode, path: Path | None) -> Path | None:
    """What a path below the receiver of a method is inside it."""
    if path is None or not code.is_method:
        return None
    return Path(VarRoot(code.body_id, code.function.params[0]), path.fields)
