"""The critical events of one function body: its own, and those of its callees in its own terms.

The shape is that of `frames`: arguments for parameters, a callback's own events in place of the INVOKE of
a parameter, the call kept as a step. Goroutines that are started on the way hold nothing of ours and are
left out: they are frames of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.arguments import Target, target_of
from govet_py.callgraph.callgraph import InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode, package_of
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.own_forms import OwnForms
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.bindings import Binding, captured
from govet_py.concurrency.deadlocks.critical_events import (
    ONE_OF_SEVERAL,
    STATIC,
    Event,
    EventKind,
    Held,
    holder_of,
    lock_member,
)
from govet_py.concurrency.deadlocks.flags import NOT_TOLD, Flag, Flags, Told, at_call
from govet_py.concurrency.deadlocks.held_locks import NEVER, HeldLocks
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.effects.callbacks import Callbacks
from govet_py.concurrency.effects.traces import chain, steps
from govet_py.concurrency.locks.lock_events import LockEvents
from govet_py.concurrency.locks.lock_names import lock_name
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import (
    AllocRoot,
    FunctionValue,
    GlobalRoot,
    LockMode,
    ParamRoot,
    Path,
    ResultRoot,
    Trace,
    Value,
)
from govet_py.model.types import Named

MAX_NESTING = 4
MAX_DOUBT = 1

Source = Callable[[FunctionCode, int, ir.Instruction], Iterator[Event]]
"""Events of an instruction besides locks: what else it may wait for."""


class Entry(NamedTuple):
    """`event` comes about through the instruction at `anchor`, where the function itself holds `outer`."""

    anchor: int
    event: Event
    outer: tuple[Held, ...]


class Context(NamedTuple):
    """How the function at hand runs a callee: where, after which releases, on which way, with which arguments."""

    anchor: int
    inner: tuple[Held, ...]
    released: frozenset[Path]
    steps: tuple[Trace, ...]
    doubt: int
    flags: frozenset[Flag]
    told: Told = NOT_TOLD


class CriticalFrames:
    """Builds the critical events of functions from code and the events of their callees."""

    def __init__(
        self,
        code: Code,
        values: ValueAnalysis,
        callbacks: Callbacks,
        forms: OwnForms,
        locks: LockSummaries,
        leaves: frozenset[Member],
        events: Callable[[Node], tuple[Event, ...]],
        sources: tuple[Source, ...] = (),
    ) -> None:
        self._code = code
        self._values = values
        self._callbacks = callbacks
        self._forms = forms
        self._locks = locks
        self._leaves = leaves
        self._events = events
        self._sources = sources
        self._names = LockEvents.named(code, values)

    def build(self, code: FunctionCode, asked: bool) -> list[Entry]:
        """The entries of one function; the events of its callees must be there. Not `asked`: nobody wants to know
        what happens while it holds nothing."""
        locks, perhaps = self._locks.locks.get(code.id), self._locks.perhaps.get(code.id, NEVER)
        held = HeldLocks(self._code, self._values, code, locks, perhaps, self._events)
        flags = Flags(code)
        found: list[Entry] = []
        for register, instruction in enumerate(code.code):
            if type(instruction) is ir.Call and instruction.mode != ir.Mode.GO:
                outer, unsure = held.at(register), held.perhaps(register)
                if not asked and not outer and not unsure and not self._gives_functions(code, instruction):
                    continue
                context = Context(register, (), held.released(register), (), STATIC, flags.at(register))
                lent = held.borrowed(register)
                found.extend(_entry(register, event, outer, lent) for event in self._call(code, instruction, context))
                if unsure:
                    told = context._replace(told=perhaps[register].told, doubt=ONE_OF_SEVERAL)
                    found.extend(_entry(register, event, unsure, lent) for event in self._call(code, instruction, told))
            for source in self._sources:
                for event in source(code, register, instruction):
                    event = event._replace(released=held.released(register), flags=flags.at(register))
                    found.append(Entry(register, event, held.at(register)))
        return found

    def _gives_functions(self, code: FunctionCode, call: ir.Call) -> bool:
        given = (value for register in call.args for value in self._values.of(code, register))
        return any(isinstance(value, FunctionValue) for value in given)

    # -- calls -------------------------------------------------------------------------------------

    def _call(self, code: FunctionCode, call: ir.Call, context: Context) -> Iterator[Event]:
        register = context.anchor
        name, receivers = self._names.known(code, register)
        mode = knows.ACQUIRE.get(name)
        if mode is not None:
            event = self._acquire(code, context, receivers, mode)
            if event.member not in self._leaves and not knows.is_uninstrumented(code.package):
                yield event
        elif name in knows.TRY_ACQUIRE or name in knows.RELEASE or name in knows.SPAWNERS:
            return
        else:
            yield from self._callee(code, call, code.callee(register), context)

    def _acquire(self, code: FunctionCode, context: Context, receivers: tuple[Path, ...], mode: LockMode) -> Event:
        callee = code.callee(context.anchor)
        assert isinstance(callee, p.Static | p.Interface)
        member = lock_member(self._code.program, code, callee.receiver, callee.via)
        holder = holder_of(self._code.program, code, callee.receiver, callee.via)
        path = receivers[0] if len(receivers) == 1 else None
        what = expression(code, callee.receiver)
        site = code.site(context.anchor)
        event = Event(EventKind.ACQUIRE, path, member, mode, what, site, (), context.released)
        return event._replace(doubt=context.doubt, flags=context.flags, holder=holder)

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
        yield from self._shown(code, context)

    def _shown(self, code: FunctionCode, context: Context) -> Iterator[Event]:
        """The events of the methods by which a call shows its arguments."""
        for target in self._forms.of(code, context.anchor):
            binding = Binding(self._values, code, None, target)
            named = _called(context, code, f"{short_name(target.function)} to show the value")
            yield from self._apply(code, self._events(target.function), binding, named, 0)

    def _interface(self, code: FunctionCode, callee: p.Interface, context: Context) -> Iterator[Event]:
        node = InterfaceNode(callee.interface, callee.method)
        receivers = tuple(path.extend(callee.via) for path in self._values.paths(code, callee.receiver))
        binding = Binding(self._values, code, context.anchor, Target("", receivers, True))
        doubt = context.doubt + self._doubt(callee)
        if doubt > MAX_DOUBT:
            return
        named = _called(context, code, callee.method)._replace(doubt=doubt)
        yield from self._apply(code, self._events(node), binding, named, 0)

    def _doubt(self, callee: p.Interface) -> int:
        """How far an interface call is from running a certain method. What implements an interface of the
        standard library is known by its methods only: hardly a reason to think that it comes here."""
        several = len(self._code.program.implementers(callee.interface, callee.method)) > 1
        common = isinstance(callee.declared, Named) and callee.declared.package in knows.COMMON_INTERFACES
        return MAX_DOUBT + 1 if common else int(several)

    def _function_value(self, code: FunctionCode, register: int, context: Context) -> Iterator[Event]:
        for value in self._values.of(code, register):
            yield from self._run(code, value, context, context.anchor, 0)
        yield from self._registered(code, context.anchor, context, context.anchor)

    def _registered(self, code: FunctionCode, register: int, context: Context, call: int | None) -> Iterator[Event]:
        """The events of the functions that a call runs, or an argument is, out of a field; `call` gives the
        arguments."""
        registered = self._callbacks.of(code.id, register)
        doubt = context.doubt + ONE_OF_SEVERAL * (len(registered) > 1)
        for function in registered if doubt <= MAX_DOUBT else ():
            named = _called(context, code, f"{short_name(function.function)}, registered before")
            binding = Binding(self._values, code, call, target_of(function))
            events = self._events(function.function)
            yield from self._apply(code, events, binding, named._replace(doubt=doubt), MAX_NESTING)

    def _handed_over(self, code: FunctionCode, call: ir.Call, context: Context) -> Iterator[Event]:
        """Functions of some libraries run the function literals they are given, here and now."""
        name = self._names.known(code, context.anchor)[0]
        if package_of(name) in knows.SYNCHRONOUS_PACKAGES and name not in knows.KEEPS_CALLBACK:
            for argument in call.args:
                for value in self._values.of(code, argument):
                    if isinstance(value, FunctionValue):
                        yield from self._run(code, value, context, None, 0)

    def _run(
        self, code: FunctionCode, value: Value, context: Context, register: int | None, nesting: int
    ) -> Iterator[Event]:
        """A function value is run: the events of a known function, or an INVOKE of a path."""
        if isinstance(value, Path):
            if isinstance(value.root, GlobalRoot):
                return
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
                chain(context.steps, None),
                context.doubt,
                context.flags,
            )
        elif nesting < MAX_NESTING:
            closure = captured(self._code, self._values, code, value)
            binding = Binding(self._values, code, register, target_of(value), closure)
            named = _called(context, code, short_name(value.function)) if register is not None else context
            yield from self._apply(code, self._events(value.function), binding, named, nesting + 1)

    # -- applying a callee's events ----------------------------------------------------------------

    def _apply(
        self, code: FunctionCode, events: tuple[Event, ...], binding: Binding, context: Context, nesting: int
    ) -> Iterator[Event]:
        for event in events:
            if event.doubt + context.doubt > MAX_DOUBT:
                continue
            flags = at_call(code, binding.call, binding.target, event.flags, context.flags, context.told)
            if flags is None:
                continue
            lifted = self._lift(code, event, binding, context, flags)
            if event.kind != EventKind.INVOKE:
                yield lifted
                continue
            for value in binding.values(event.path) if event.path else ():
                yield from self._invoke(code, value, lifted, context, nesting)
            argument = binding.argument(event.path) if event.path else ir.NONE
            if nesting == 0 and argument != ir.NONE and self._callbacks.of(code.id, argument):
                way = (*steps(lifted.trace), Trace(lifted.site, "runs the callback", False, None))
                inner = Context(context.anchor, lifted.held, lifted.released, way, lifted.doubt, lifted.flags)
                yield from self._registered(code, argument, inner, None)

    def _lift(
        self, code: FunctionCode, event: Event, binding: Binding, context: Context, flags: frozenset[Flag]
    ) -> Event:
        """A callee's event in this frame's terms."""
        released = event.released
        below = frozenset(path for one in released for path in binding.paths(one)) if released else released
        met = _surviving(context.inner, below)
        held = event.held
        if held:
            held = tuple(self._lift_lock(code, lock, lock.path, binding) if lock.path else lock for lock in held)
        path = self._single(binding, event.path) if event.path else None
        member, what = self._named(code, event, path)
        return Event(
            event.kind,
            path,
            member,
            event.mode,
            what,
            event.site,
            met + held,
            context.released | below if below else context.released,
            chain(context.steps, event.trace),
            event.doubt + context.doubt,
            flags,
            len(met),
            event.holder or self._holder(code, event.path, binding.call),
        )

    def _lift_lock(self, code: FunctionCode, lock: Held, path: Path, binding: Binding) -> Held:
        holder = lock.holder or self._holder(code, path, binding.call)
        found = self._single(binding, path)
        member, what = self._named(code, lock, found)
        return lock._replace(path=found, member=member, what=what, holder=holder)

    def _named(self, code: FunctionCode, lock: Held | Event, path: Path | None) -> tuple[Member | None, str]:
        """The member that a lock is, and how it is called: of one that a function was given as a `sync.Locker`, its
        callers know it."""
        known = lock.member is not None or path is None or (isinstance(lock, Event) and lock.kind != EventKind.ACQUIRE)
        name = None if known or path is None else lock_name(self._code, code, path)
        return (name, str(name)) if isinstance(name, Member) else (lock.member, lock.what)

    def _holder(self, code: FunctionCode, path: Path | None, call: int | None) -> Member | None:
        """The holder of a lock that lies directly in the receiver of a call."""
        if call is None or path is None or path.root != ParamRoot(0) or len(path.fields) != 1:
            return None
        callee = code.callee(call)
        if not isinstance(callee, p.Static) or callee.receiver == ir.NONE:
            return None
        return member_of(self._code.program, code, callee.receiver, callee.via)

    def _single(self, binding: Binding, path: Path) -> Path | None:
        found = binding.paths(path)
        return self._settled(found[0]) if len(found) == 1 and found[0].is_exact else None

    def _settled(self, path: Path) -> Path:
        """A field of what the function has just made is what it was set to, when that is known."""
        while path.fields and isinstance(path.root, AllocRoot | ResultRoot):
            found = [v for v in self._values.sources(path.root, path.fields[0]) if isinstance(v, Path)]
            if len(found) != 1 or found[0].root == path.root:
                break
            path = found[0].extend(path.fields[1:])
        return path

    def _invoke(
        self, code: FunctionCode, value: Value, invoke: Event, context: Context, nesting: int
    ) -> Iterator[Event]:
        for one in (*self._values.members(value), value) if isinstance(value, Path) else (value,):
            if isinstance(one, Path):
                if not isinstance(one.root, GlobalRoot):
                    yield invoke._replace(path=one)
                continue
            way = (*steps(invoke.trace), Trace(invoke.site, f"runs {short_name(one.function)}", False, None))
            inner = Context(context.anchor, invoke.held, invoke.released, way, invoke.doubt, invoke.flags)
            yield from self._run(code, one, inner, None, nesting)


def _entry(register: int, event: Event, own: tuple[Held, ...], borrowed: frozenset[Path]) -> Entry:
    """`event` with the locks of the function itself that are still held when it happens."""
    if not event.released or not own:
        return Entry(register, event, own)
    released = event.released - ({lock.path for lock in own if lock.path is not None} - borrowed)
    return Entry(register, event._replace(released=released), _surviving(own, event.released))


def _surviving(held: tuple[Held, ...], released: frozenset[Path]) -> tuple[Held, ...]:
    return tuple(lock for lock in held if lock.path not in released) if released else held


def _called(context: Context, code: FunctionCode, name: str) -> Context:
    step = Trace(code.site(context.anchor), f"calls {name}", False, None)
    return context._replace(steps=(*context.steps, step))

