"""What happens in one activation of a function: its own effects and those of all that it calls or starts.

A *frame* lists (anchor, effect) pairs in the function's own paths; the anchor is the register of the
instruction, in the function itself, through which the effect comes about. Effects of callees enter
through their summaries: arguments for parameters, locks held at the call added, strands composed, the
call kept as a trace step (RacerD's compositional shape). A callee that runs a parameter gives an
INVOKE effect; where the argument is a closure, the closure's own effects take its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.arguments import Target
from govet_py.callgraph.callgraph import InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.dispatch import Dispatch
from govet_py.callgraph.uses import sends_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.bindings import Binding
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.effects.leaves import Leaves
from govet_py.concurrency.effects.lifting import Context
from govet_py.concurrency.effects.meant_locks import with_meant_locks
from govet_py.concurrency.effects.quiet import Quiet
from govet_py.concurrency.effects.runs import Runs
from govet_py.concurrency.effects.second_names import SecondNames
from govet_py.concurrency.effects.settled import FrameEffect, without_settled
from govet_py.concurrency.effects.signals import Signals
from govet_py.concurrency.effects.states import States
from govet_py.concurrency.effects.strands import begun
from govet_py.concurrency.effects.traces import chain, step
from govet_py.concurrency.effects.work_queues import WorkQueues
from govet_py.concurrency.locks.lock_events import ONCE, SERVED, STOPPED, LockEvents
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge import concurrency as knows
from govet_py.knowledge.atomics import ATOMICS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import (
    NO_LOCKS,
    Copies,
    Effect,
    EffectKind,
    FunctionValue,
    HeldLock,
    LockMode,
    LockSet,
    Path,
    ResultRoot,
    Summary,
    make,
)
from govet_py.model.types import Func


class Frame:
    """The effects of one function body in its own paths."""

    def __init__(self, code: FunctionCode, locks: LockSets, effects: list[FrameEffect]) -> None:
        self.code = code
        self.locks = locks
        self.effects = effects

    def waits(self) -> Frame:
        """The frame with nothing but what it waits for."""
        waits = [entry for entry in self.effects if entry.effect.kind == EffectKind.WAIT]
        return Frame(self.code, self.locks, waits)


class _Part(NamedTuple):
    """The effects of one instruction, and the summaries that they come from."""

    effects: list[Effect]
    used: list[tuple[Node, Summary]]


class FrameBuilder:
    """Builds frames from code and the summaries of callees."""

    def __init__(
        self, code: Code, values: ValueAnalysis, summary: Callable[[Node], Summary], locks: LockSummaries,
        dispatch: Dispatch, leaves: Leaves, quiet: Quiet, queues: WorkQueues,
    ) -> None:
        self._code = code
        self._values = values
        self._locks = locks
        self._dispatch = dispatch
        self._summary_of = summary
        self._used: list[tuple[Node, Summary]] = []
        self._last: dict[str, dict[int, _Part]] = {}
        self._second_names = SecondNames(code, values)
        self._leaves = leaves
        self._quiet = quiet
        self._cells = leaves.cells
        self._slots = self._cells.slots
        self._runs = Runs(code, values, self._summary, self._slots)
        self._states = States(code, values)
        self._events = LockEvents(code, values, summary)
        self._signals = Signals(code, self._events)
        self._queues = queues

    def build(self, code: FunctionCode) -> Frame:
        """The frame of one function; summaries of its callees must be there."""
        locks = self._locks.sets(code.id)
        parts = self._parts(code, locks, self._last.get(code.id, {}))
        self._last[code.id] = parts
        effects = [make(FrameEffect, (register, effect)) for register, part in parts.items() for effect in part.effects]
        effects.extend(list(self._second_names.effects(code, effects)))
        effects = with_meant_locks(code, self._events, locks, effects)
        return Frame(code, locks, without_settled(effects, self._cells.updates, self._cells.late))

    def close(self) -> None:
        """Lets go of everything: parts of the builder know it, so that nothing else frees them."""
        vars(self).clear()

    def forget(self) -> None:
        """Gives up what `build` remembers of functions that it may have to build again."""
        self._last.clear()

    def _parts(self, code: FunctionCode, locks: LockSets, known: dict[int, _Part]) -> dict[int, _Part]:
        """The effects of all instructions that have any; those whose callees did not change are `known`."""
        parts: dict[int, _Part] = {}
        for register in known or self._candidates(code):
            part = known.get(register)
            if part is None or any(self._summary_of(node) is not summary for node, summary in part.used):
                self._used = []
                part = _Part(list(self._effects(code, locks, register, code.code[register])), self._used)
            parts[register] = part
        return parts

    def _candidates(self, code: FunctionCode) -> list[int]:
        """The instructions that may have effects which matter."""
        quiet, found = self._quiet.of(code.id), self._leaves.candidates(code)
        return [at for at in found if at not in quiet] if quiet else found

    def _summary(self, node: Node) -> Summary:
        """The summary of a callee, which the effects of the instruction at hand depend on."""
        found = self._summary_of(node)
        self._used.append((node, found))
        return found

    def _effects(
        self, code: FunctionCode, locks: LockSets, register: int, instruction: ir.Instruction
    ) -> Iterator[Effect]:
        match instruction:
            case ir.Call():
                yield from self._call(code, locks, register, instruction)
            case ir.Load() | ir.Store() | ir.SetField() | ir.Selector() | ir.Return() | ir.Name() | ir.SetName():
                yield from self._cells.accesses(code, locks, register, instruction)
                yield from self._of_whole(code, locks, register)
            case ir.Deref() | ir.SetDeref():
                yield from self._of_whole(code, locks, register)
            case ir.SetIndex() | ir.Index() | ir.Next():
                yield from self._leaves.map_accesses(code, locks, register, self._quiet.of(code.id))
                yield from self._slots.accesses(code, locks, register, instruction)
                if isinstance(instruction, ir.Next):
                    yield from self._signals.at(code, locks, register, instruction)
            case ir.Send() | ir.Recv() | ir.Select():
                yield from self._signals.at(code, locks, register, instruction)
                yield from self._sent(code, register, instruction)
            case _:
                return

    def _of_whole(self, code: FunctionCode, locks: LockSets, register: int) -> Iterator[Effect]:
        for _, effects in self._cells.of_whole(code, locks, register):
            yield from effects

    def _call(self, code: FunctionCode, locks: LockSets, register: int, call: ir.Call) -> Iterator[Effect]:
        callee = code.callee(register)
        if isinstance(callee, p.BuiltinCall):
            yield from self._library(code, locks, register, call, callee.name)
            return
        context = self._context(code, locks, register, call)
        if call.mode == ir.Mode.GO:
            for argument in call.args:
                for read in self._cells.handed_over(code, locks, register, argument):
                    yield read._replace(locks=NO_LOCKS, strand=context.strand, trace=chain(context.trace, None))
        for path in self._events.stops(code, callee):
            yield Effect(EffectKind.WAIT, path, NO_LOCKS, context.strand, code.site(register), "stop", None, True)
        name = p.known_name(callee)
        if name in knows.SERVES:
            yield Effect(EffectKind.DONE, SERVED, NO_LOCKS, context.strand, code.site(register), name, None, True)
        if name in knows.SPAWNERS:
            receivers = self._events.receivers(code, callee)
            yield from self._spawner(code, register, call, knows.SPAWNERS[name], receivers)
        elif name in knows.DONE or name in knows.WAIT or name in knows.ADD:
            yield from self._signals.counts(code, register, callee, name, context.locks, context.strand)
        elif name in knows.SERIALISED_CALLBACK:
            receivers = self._events.receivers(code, callee)
            yield from self._serialised(code, call, context, frozenset(path.extend((ONCE,)) for path in receivers))
        else:
            if name in ATOMICS:
                yield from self._cells.atomic.accesses(code, locks, register)
            if isinstance(callee, p.Static | p.Interface):
                yield from self._states.accesses(code, context.locks, context.strand, register, callee)
            yield from self._library(code, locks, register, call, name)
            yield from self._callee(code, register, call, callee, context)

    def _context(self, code: FunctionCode, locks: LockSets, register: int, call: ir.Call) -> Context:
        if call.mode == ir.Mode.GO:
            strand = begun(code, register, Copies.ONE, ())
            return Context(register, NO_LOCKS, strand, (step(code, register, "starts a goroutine", True),), True)
        held = locks.at(register) if call.mode == ir.Mode.CALL else locks.at_exit_of_defer(register)
        return Context(register, held, None, (), True)

    def _spawner(
        self, code: FunctionCode, register: int, call: ir.Call, spawner: knows.Spawner, receivers: tuple[Path, ...]
    ) -> Iterator[Effect]:
        if spawner.function >= len(call.args):
            return
        stopped = Path(ResultRoot(code.id, register, 0), (STOPPED,))
        groups = receivers if spawner.grouped else (self._values.canonical(stopped),) if spawner.stopped else ()
        strand = begun(code, register, spawner.copies, groups)._replace(later=spawner.later)
        trace = (step(code, register, f"starts a goroutine through {expression(code, call.callee)}", True),)
        context = Context(register, self._limited(code, groups), strand, trace, True)
        started = self._values.started(code, call.args[spawner.function], spawner.method)
        for value, how in self._runs.taken(code, started, context):
            yield from self._runs.of_value(code, value, how, None)

    def _limited(self, code: FunctionCode, groups: tuple[Path, ...]) -> LockSet:
        """What keeps the goroutines of a group from each other that is told to run one at a time."""
        calls = code.of_kind(ir.Call) if groups else ()
        limits = (at for at in calls if p.known_name(code.callee(at)) == knows.SET_LIMIT)
        limited = {
            path
            for at in limits
            for path in self._events.receivers(code, code.callee(at))
            if code.types.constant_int(code.index, code.code[at].args[0]) == 1  # type: ignore[union-attr]
        }
        return frozenset(HeldLock(path.extend((ONCE,)), LockMode.WRITE) for path in groups if path in limited)

    def _sent(self, code: FunctionCode, register: int, sends: ir.Send | ir.Recv | ir.Select) -> Iterator[Effect]:
        """What a goroutine does that runs the functions which are sent to it."""
        for channel, sent, _ in sends_of(sends):
            workers = self._queues.workers(code, channel)
            if workers is not None:
                queue = self._values.paths(code, channel) if workers == Copies.ONE else ()
                in_turn = frozenset(HeldLock(path.extend((ONCE,)), LockMode.WRITE) for path in queue)
                trace = (step(code, register, "sends a function to a goroutine that runs it", True),)
                strand = begun(code, register, Copies.ONE, self._queues.told(code, channel))
                context = Context(register, in_turn, strand, trace, True)
                for value in self._values.of(code, sent):
                    yield from self._runs.of_value(code, value, context, None)

    def _library(
        self, code: FunctionCode, locks: LockSets, register: int, call: ir.Call, name: str
    ) -> Iterator[Effect]:
        yield from self._leaves.map_accesses(code, locks, register, self._quiet.of(code.id))
        if call.mode == ir.Mode.CALL:
            yield from self._slots.accesses(code, locks, register, call)
            yield from self._of_whole(code, locks, register)
        if name == "close" and call.args:
            held = locks.at(register) if call.mode == ir.Mode.CALL else locks.at_exit_of_defer(register)
            yield from self._signals.closes(code, held, register, call.args[0])

    def _callee(
        self, code: FunctionCode, register: int, call: ir.Call, callee: p.Callee, context: Context
    ) -> Iterator[Effect]:
        if isinstance(callee, p.Interface) and (known := self._known_targets(code, callee)):
            for target in known[0]:
                binding = Binding(self._values, code, register, target)
                named = _called(context, code, register, short_name(target.function))._replace(certain=known[1])
                yield from self._runs.of_call(code, target.function, binding, named)
        elif isinstance(callee, p.Interface):
            node = InterfaceNode(callee.interface, callee.method)
            receivers = tuple(path.extend(callee.via) for path in self._values.paths(code, callee.receiver))
            binding = Binding(self._values, code, register, Target("", receivers, True))
            implementers = len(self._code.program.implementers(callee.interface, callee.method))
            named = _called(context, code, register, callee.method)
            named = named._replace(certain=implementers == 1)
            yield from self._runs.of_call(code, node, binding, named, receivers)
            if not implementers:
                yield from self._callbacks(code, call, context)
        elif isinstance(callee, p.Value):
            for value, how in self._runs.taken(code, self._values.of(code, callee.register), context):
                for path in self._events.cancelled(value):
                    what = expression(code, call.callee)
                    yield Effect(EffectKind.DONE, path, NO_LOCKS, context.strand, code.site(register), what, None, True)
                yield from self._runs.of_value(code, value, how, register)
        elif not self._is_quiet(callee):
            targets = [t for t in self._values.targets(code, register) if self._code.get(t.function)]
            for target in targets:
                binding = Binding(self._values, code, register, target)
                named = _called(context, code, register, short_name(target.function))
                yield from self._runs.of_call(code, target.function, binding, named)
            if not targets and not isinstance(callee, p.Conversion):
                yield from self._callbacks(code, call, context)

    def _serialised(
        self, code: FunctionCode, call: ir.Call, context: Context, once: frozenset[Path]
    ) -> Iterator[Effect]:
        """The one run of a function by sync.Once: what it does itself comes before all that it starts."""
        serial = frozenset(HeldLock(path, LockMode.WRITE) for path in once)
        for effect in self._callbacks(code, call, context._replace(locks=context.locks | serial)):
            yield effect if effect.strand is context.strand else effect._replace(after=effect.after | once)

    def _known_targets(self, code: FunctionCode, callee: p.Interface) -> tuple[tuple[Target, ...], bool] | None:
        """The methods that an interface call may run, where they are known, and whether each of them is run."""
        if made := self._values.dispatched(code, callee):
            return made, True
        paths = self._values.paths(code, callee.receiver)
        found = self._dispatch.targets(code, callee)
        targets = tuple(Target(id, tuple(path.extend(via) for path in paths), True) for id, via in found)
        return (targets, len(targets) == 1) if targets else None

    def _is_quiet(self, callee: p.Callee) -> bool:
        """Whether the one function that a call runs has no effects."""
        known = isinstance(callee, p.Static) and self._code.get(callee.function) is not None
        return known and not self._summary(callee.function).effects  # type: ignore[union-attr]

    def _callbacks(self, code: FunctionCode, call: ir.Call, context: Context) -> Iterator[Effect]:
        """An unknown callee is taken to run the functions it is given, here and now."""
        for argument in call.args:
            is_function = isinstance(self._code.program.underlying(code.type_of(argument)), Func)
            for value in self._values.of(code, argument):
                if isinstance(value, FunctionValue) or is_function:
                    yield from self._runs.of_value(code, value, context, None)


def _called(context: Context, code: FunctionCode, register: int, name: str) -> Context:
    anchor, locks, strand, trace, certain, passed = context
    called = (*trace, step(code, register, f"calls {name}", False))
    return make(Context, (anchor, locks, strand, called, certain, passed))
