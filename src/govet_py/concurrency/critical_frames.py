"""The critical events of one function body: its own, and those of its callees in its own terms.

The shape is that of `frames`: arguments for parameters, a callback's own events in place of the INVOKE of
a parameter, the call kept as a step. Goroutines that are started on the way hold nothing of ours and are
left out: they are frames of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import member_of
from govet_py.callgraph.values import Target, ValueAnalysis, target_of
from govet_py.concurrency.bindings import Binding, Captured
from govet_py.concurrency.callbacks import Callbacks
from govet_py.concurrency.critical_events import ONE_OF_SEVERAL, STATIC, Event, EventKind, Held
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.held_locks import HeldLocks
from govet_py.concurrency.lock_events import LockEvents
from govet_py.concurrency.locksets import LockSets
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EMPTY_SUMMARY, FunctionValue, LockMode, Path, Summary, Trace, Value

MAX_NESTING = 4
MAX_DOUBT = 2

Source = Callable[[FunctionCode, int, ir.Instruction], Iterator[Event]]
"""Events of an instruction besides locks: what else it may wait for."""


class Entry(NamedTuple):
    """`event` comes about through the instruction at `anchor`, where the function itself holds `outer`."""

    anchor: int
    event: Event
    outer: tuple[Held, ...]


class Context(NamedTuple):
    """How the function at hand runs a callee: where, after which releases, on which way."""

    anchor: int
    inner: tuple[Held, ...]
    released: frozenset[Path]
    steps: tuple[Trace, ...]
    doubt: int


class CriticalFrames:
    """Builds the critical events of functions from code and the events of their callees."""

    def __init__(
        self,
        code: Code,
        values: ValueAnalysis,
        callbacks: Callbacks,
        locks: dict[str, LockSets],
        events: Callable[[Node], tuple[Event, ...]],
        sources: tuple[Source, ...] = (),
    ) -> None:
        self._code = code
        self._values = values
        self._callbacks = callbacks
        self._locks = locks
        self._events = events
        self._sources = sources
        self._names = LockEvents(values, _no_summary)

    def build(self, code: FunctionCode) -> list[Entry]:
        """The entries of one function; the events of its callees must be there."""
        held = HeldLocks(self._code.program, self._values, code, self._locks.get(code.id), self._events)
        found: list[Entry] = []
        for register, instruction in enumerate(code.code):
            if type(instruction) is ir.Call and instruction.mode != ir.Mode.GO:
                context = Context(register, (), held.released(register), (), STATIC)
                events = self._call(code, instruction, context)
                found.extend(_entry(register, event, held.at(register)) for event in events)
            for source in self._sources:
                for event in source(code, register, instruction):
                    event = event._replace(released=held.released(register))
                    found.append(Entry(register, event, held.at(register)))
        return found

    # -- calls -------------------------------------------------------------------------------------

    def _call(self, code: FunctionCode, call: ir.Call, context: Context) -> Iterator[Event]:
        register = context.anchor
        name, receivers = self._names.known(code, register)
        mode = knows.ACQUIRE.get(name)
        if mode is not None:
            yield self._acquire(code, context, receivers, mode)
        elif name in knows.TRY_ACQUIRE or name in knows.RELEASE or name in knows.SPAWNERS:
            return
        else:
            yield from self._callee(code, call, code.callee(register), context)

    def _acquire(self, code: FunctionCode, context: Context, receivers: tuple[Path, ...], mode: LockMode) -> Event:
        callee = code.callee(context.anchor)
        assert isinstance(callee, p.Static | p.Interface)
        member = member_of(self._code.program, code, callee.receiver, callee.via)
        path = receivers[0] if len(receivers) == 1 else None
        what = expression(code, callee.receiver)
        site = code.site(context.anchor)
        return Event(EventKind.ACQUIRE, path, member, mode, what, site, (), context.released)

    def _callee(self, code: FunctionCode, call: ir.Call, callee: p.Callee, context: Context) -> Iterator[Event]:
        register = context.anchor
        if isinstance(callee, p.Interface):
            yield from self._interface(code, callee, context)
        elif isinstance(callee, p.Value):
            yield from self._function_value(code, callee.register, context)
        elif isinstance(callee, p.Static | p.UnknownCallee):
            targets = [t for t in self._values.targets(code, register) if self._code.get(t.function)]
            for target in targets:
                binding = Binding(self._values, code, register, target)
                named = _called(context, code, short_name(target.function))
                yield from self._apply(code, self._events(target.function), binding, named, 0)
            if not targets and isinstance(callee, p.Static):
                yield from self._handed_over(code, call, context)

    def _interface(self, code: FunctionCode, callee: p.Interface, context: Context) -> Iterator[Event]:
        node = InterfaceNode(callee.interface, callee.method)
        receivers = tuple(path.extend(callee.via) for path in self._values.paths(code, callee.receiver))
        binding = Binding(self._values, code, context.anchor, Target("", receivers, True))
        several = len(self._code.program.implementers(callee.interface, callee.method))
        named = _called(context, code, callee.method)._replace(doubt=context.doubt + int(several > 1))
        yield from self._apply(code, self._events(node), binding, named, 0)

    def _function_value(self, code: FunctionCode, register: int, context: Context) -> Iterator[Event]:
        values = self._values.of(code, register)
        for value in values:
            yield from self._run(code, value, context, context.anchor, 0)
        if not any(isinstance(value, FunctionValue) for value in values):
            registered = self._callbacks.of(code, register)
            doubt = context.doubt + ONE_OF_SEVERAL * (len(registered) > 1)
            for function in registered:
                named = _called(context, code, f"{short_name(function.function)}, registered before")
                binding = Binding(self._values, code, context.anchor, target_of(function))
                yield from self._apply(
                    code, self._events(function.function), binding, named._replace(doubt=doubt), MAX_NESTING
                )

    def _handed_over(self, code: FunctionCode, call: ir.Call, context: Context) -> Iterator[Event]:
        """Functions of some libraries run the function literals they are given, here and now."""
        if self._package(code, context.anchor) in knows.SYNCHRONOUS_PACKAGES:
            for argument in call.args:
                for value in self._values.of(code, argument):
                    if isinstance(value, FunctionValue):
                        yield from self._run(code, value, context, None, 0)

    def _package(self, code: FunctionCode, call: int) -> str:
        name, _ = self._names.known(code, call)
        head, slash, tail = name.rpartition("/")
        return head + slash + tail.partition(".")[0]

    def _run(
        self, code: FunctionCode, value: Value, context: Context, register: int | None, nesting: int
    ) -> Iterator[Event]:
        """A function value is run: the events of a known function, or an INVOKE of a path."""
        if isinstance(value, Path):
            site = code.site(context.anchor)
            yield Event(
                EventKind.INVOKE,
                value,
                None,
                LockMode.WRITE,
                "callback",
                site,
                context.inner,
                context.released,
                _chain(context.steps, None),
                context.doubt,
            )
        elif nesting < MAX_NESTING:
            binding = Binding(self._values, code, register, target_of(value), self._captured(code, value))
            named = _called(context, code, short_name(value.function)) if register is not None else context
            yield from self._apply(code, self._events(value.function), binding, named, nesting + 1)

    def _captured(self, code: FunctionCode, value: FunctionValue) -> Captured | None:
        """What the call that returned a closure bound to the parameters the closure captured."""
        closure = self._code.get(value.function)
        if value.call is None or closure is None:
            return None
        owner = self._code.get(value.call[0])
        if owner is None or owner.body_id != code.body_id:
            return None
        targets = self._values.targets(owner, value.call[1])
        target = next((t for t in targets if t.function == closure.body_id), Target(closure.body_id, (), False))
        return Captured(closure, self._values.arguments(owner, value.call[1], target))

    # -- applying a callee's events ----------------------------------------------------------------

    def _apply(
        self, code: FunctionCode, events: tuple[Event, ...], binding: Binding, context: Context, nesting: int
    ) -> Iterator[Event]:
        for event in events:
            if event.doubt + context.doubt > MAX_DOUBT:
                continue
            lifted = _lift(event, binding, context)
            if event.kind != EventKind.INVOKE:
                yield lifted
                continue
            for value in binding.values(event.path) if event.path else ():
                yield from self._invoke(code, value, lifted, context, nesting)

    def _invoke(
        self, code: FunctionCode, value: Value, invoke: Event, context: Context, nesting: int
    ) -> Iterator[Event]:
        for one in (*self._values.members(value), value) if isinstance(value, Path) else (value,):
            if isinstance(one, Path):
                yield invoke._replace(path=one)
                continue
            steps = (*_steps(invoke.trace), Trace(invoke.site, f"runs {short_name(one.function)}", False, None))
            inner = Context(context.anchor, invoke.held, invoke.released, steps, invoke.doubt)
            yield from self._run(code, one, inner, None, nesting)


def _entry(register: int, event: Event, own: tuple[Held, ...]) -> Entry:
    """`event` with the locks of the function itself that are still held when it happens."""
    if not event.released or not own:
        return Entry(register, event, own)
    released = event.released - {lock.path for lock in own}
    return Entry(register, event._replace(released=released), _surviving(own, event.released))


def _lift(event: Event, binding: Binding, context: Context) -> Event:
    """A callee's event in this frame's terms."""
    below = frozenset(path for released in event.released for path in binding.paths(released))
    return event._replace(
        path=_single(binding, event.path),
        held=(*_surviving(context.inner, below), *(_lifted(held, binding) for held in event.held)),
        released=context.released | below if below else context.released,
        trace=_chain(context.steps, event.trace),
        doubt=event.doubt + context.doubt,
    )


def _lifted(held: Held, binding: Binding) -> Held:
    return held._replace(path=_single(binding, held.path))


def _single(binding: Binding, path: Path | None) -> Path | None:
    found = binding.paths(path) if path is not None else ()
    return found[0] if len(found) == 1 and found[0].is_exact else None


def _surviving(held: tuple[Held, ...], released: frozenset[Path]) -> tuple[Held, ...]:
    return tuple(lock for lock in held if lock.path not in released) if released else held


def _called(context: Context, code: FunctionCode, name: str) -> Context:
    step = Trace(code.site(context.anchor), f"calls {name}", False, None)
    return context._replace(steps=(*context.steps, step))


def _chain(steps: tuple[Trace, ...], tail: Trace | None) -> Trace | None:
    for step in reversed(steps):
        tail = Trace(step.site, step.message, step.goroutine, tail)
    return tail


def _steps(trace: Trace | None) -> Iterator[Trace]:
    while trace is not None:
        yield trace
        trace = trace.inner


def _no_summary(_: Node) -> Summary:
    return EMPTY_SUMMARY
