"""What calls do to locks: library locks by name, functions of the program through their summaries."""

from __future__ import annotations

from collections.abc import Callable

from govet_py.callgraph.arguments import Target
from govet_py.callgraph.callgraph import Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import variable_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.bindings import Binding
from govet_py.concurrency.flow.conditions import nil_tests
from govet_py.concurrency.locks.flagged_locks import Deeds
from govet_py.concurrency.locks.handed_locks import got_with, nil_edges
from govet_py.concurrency.locks.iterations import ways_out
from govet_py.concurrency.locks.locksets import LockEvent, LockSets, single_lock
from govet_py.concurrency.locks.try_locks import Edge, Tried
from govet_py.knowledge import concurrency as knows
from govet_py.knowledge import contexts
from govet_py.knowledge.clocks import TIMER_STOP
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import (
    EMPTY_SUMMARY,
    NO_LOCKS,
    FunctionValue,
    GlobalRoot,
    HeldLock,
    LockMode,
    LockSet,
    Path,
    ResultRoot,
    ReturnRoot,
    Summary,
    Value,
    VarRoot,
)
from govet_py.model.types import Interface, Pointer

DONE = "<done>"
"""The channel of a context, below the context."""
STOPPED = "<stopped>"
"""What a timer's Stop that reports true signals: its function does not run, and never will."""
ONCE = "<once>"
"""The lock that sync.Once stands for: its function holds it to write; whoever has come back from Do holds it
to read ever after, which orders what follows after what the function did."""
SERVED = Path(GlobalRoot("net", "<served>"))
"""What a call that serves signals to all that was registered before: which server serves what is not told apart."""
_EVENTS = frozenset({*knows.ACQUIRE, *knows.RELEASE, *knows.SERIALISED_CALLBACK})


class LockEvents:
    """The lock events of functions, given the summaries of what they call."""

    def __init__(self, code: Code, values: ValueAnalysis, summary: Callable[[Node], Summary]) -> None:
        self._code = code
        self._values = values
        self._summary = summary
        self._none: LockSets | None = None

    @classmethod
    def named(cls, code: Code, values: ValueAnalysis) -> LockEvents:
        """For callers that ask for names only."""
        return cls(code, values, lambda _: EMPTY_SUMMARY)

    def of(self, code: FunctionCode) -> dict[int, LockEvent]:
        """The lock events of a function's calls, by register; goroutines take locks for themselves."""
        events: dict[int, LockEvent] = {}
        for register in code.of_kind(ir.Call):
            if code.mode_of(register) != ir.Mode.GO:
                event = self.at(code, register)
                if event is not None:
                    events[register] = event
        return events

    def locksets(self, code: FunctionCode, flagged: Tried, lent: dict[int, LockSet]) -> LockSets:
        """The locksets of a function, given what iterators hold for it; those of functions that have nothing to do with
        locks are one object."""
        events, tries, given = self.of(code), self._tries(code), self._given(code)
        if not (events or tries or lent or given or flagged):
            self._none = self._none or LockSets(code, {}, {}, {}, {}, {}, {}, {})
            return self._none
        nil, absent = self.nil_locks(code, events), self._absent(code, events)
        for way, locks in ways_out(code, lent):
            absent[way] = absent.get(way, set()) | locks
        return LockSets(code, events, nil, tries, lent, given, flagged, absent)

    def deeds(self, code: FunctionCode) -> dict[int, Deeds]:
        """What each block of a function does to locks."""
        found: dict[int, Deeds] = {}
        for register, (acquires, releases) in self.of(code).items():
            at = code.block_of(register)
            known = found.get(at, Deeds(NO_LOCKS, frozenset()))
            found[at] = Deeds(known.acquires | acquires, known.releases | releases)
        return found

    def _tries(self, code: FunctionCode) -> dict[int, LockSet]:
        """What each TryLock call of a function takes when it says yes."""
        found: dict[int, LockSet] = {}
        for register in code.of_kind(ir.Call):
            if code.mode_of(register) == ir.Mode.CALL:
                callee = code.callee(register)
                mode = knows.TRY_ACQUIRE.get(p.known_name(callee))
                if mode is not None:
                    found[register] = single_lock(self.receivers(code, callee), mode)
        return found

    def _given(self, code: FunctionCode) -> dict[int, HeldLock]:
        """The one lock that each call of an Unlock method gives back."""
        found: dict[int, HeldLock] = {}
        for register in code.of_kind(ir.Call):
            if code.mode_of(register) == ir.Mode.CALL:
                name, receivers = self.known(code, register)
                if name in knows.RELEASE and len(receivers) == 1:
                    found[register] = HeldLock(receivers[0], knows.RELEASE[name])
        return found

    def _absent(self, code: FunctionCode, events: dict[int, LockEvent]) -> dict[Edge, set[Path]]:
        """The locks of what calls return that are not held where it is nil."""
        found: dict[Edge, set[Path]] = {}
        for register, event in events.items():
            for lock in event.acquires if p.known_name(code.callee(register)) not in knows.ACQUIRE else ():
                got = got_with(code, self._values, register, lock.path)
                for edge in nil_edges(code, variable_of(code, register, got.result)) if got is not None else ():
                    found.setdefault(edge, set()).add(lock.path)
        return found

    def nil_locks(self, code: FunctionCode, events: dict[int, LockEvent]) -> dict[int, Path]:
        """The blocks that are entered when a lock, taken elsewhere in the function, is nil."""
        taken = {lock.path for event in events.values() for lock in event.acquires}
        found: dict[int, Path] = {}
        for _, entered, tested in nil_tests(code) if taken else ():
            found.update((entered, path) for path in self._values.paths(code, tested) if path in taken)
        return found

    def at(self, code: FunctionCode, register: int) -> LockEvent | None:
        """What a call does to locks, on whatever goroutine it runs; None for nothing."""
        callee = code.callee(register)
        name = p.known_name(callee)
        if name not in _EVENTS:
            return None if self._is_quiet(callee) else self._callee_event(code, register)
        receivers = self.receivers(code, callee)
        mode = knows.ACQUIRE.get(name)
        if len(receivers) > 1 and (mode is not None or name in knows.RELEASE):
            receivers = self.lock(code, callee.receiver, callee.via) if isinstance(callee, p.Static) else ()
        if mode is not None:
            copied = any(_is_copied(self._code.program, code, path) for path in receivers)
            return LockEvent(NO_LOCKS if copied else single_lock(receivers, mode), frozenset())
        if name in knows.SERIALISED_CALLBACK:
            return LockEvent(single_lock(tuple(path.extend((ONCE,)) for path in receivers), LockMode.READ), frozenset())
        if name in knows.RELEASE:
            return LockEvent(NO_LOCKS, frozenset(receivers))
        return self._callee_event(code, register)

    def _is_quiet(self, callee: p.Callee) -> bool:
        """Whether the one function that a call runs leaves locks alone."""
        if not isinstance(callee, p.Static):
            return False
        summary = self._summary(callee.function)
        return not (summary.acquires or summary.releases)

    def _callee_event(self, code: FunctionCode, register: int) -> LockEvent | None:
        for target in self._values.targets(code, register):
            if target.function in knows.RELEASE and target.receivers:  # `unlock := mu.Unlock`
                return LockEvent(NO_LOCKS, frozenset(target.receivers))
            summary = self._summary(target.function)
            if summary.acquires or summary.releases:
                return self._callee_locks(code, register, target, summary)
        return None

    def lock(self, code: FunctionCode, register: int, via: tuple[str, ...]) -> tuple[Path, ...]:
        """The paths of a lock below what a register holds, as `at` names it."""
        paths = tuple(path.extend(via) for path in self._values.paths(code, register))
        return self._as_written(code, register, via) if len(paths) > 1 else paths

    @staticmethod
    def _as_written(code: FunctionCode, register: int, fields: tuple[str, ...]) -> tuple[Path, ...]:
        """A lock that is one of several objects, by the variable that holds whichever it is."""
        while isinstance(selector := code.code[register], ir.Selector | ir.FieldAddr):
            fields, register = (selector.name, *fields), selector.base
        variable = code.code[register]
        return (Path(VarRoot(code.body_id, variable.var), fields),) if isinstance(variable, ir.Load) else ()

    def _callee_locks(self, code: FunctionCode, register: int, target: Target, summary: Summary) -> LockEvent:
        """What a callee takes and releases. A lock of its caller's that it releases and takes again is the
        caller's as before."""
        binding = Binding(self._values, code, register, target)
        releases = {found for path in summary.releases for found in binding.paths(path)}
        acquires = {
            HeldLock(path, lock.mode) for lock in summary.acquires for path in self._taken(code, binding, lock.path)
        }
        kept = {lock.path for lock in acquires} & releases
        return LockEvent(frozenset(lock for lock in acquires if lock.path not in kept), frozenset(releases - kept))

    def _taken(self, code: FunctionCode, binding: Binding, lock: Path) -> tuple[Path, ...]:
        """What a lock that a callee has taken is here; the lock of a result is that of what the result may be."""
        if not isinstance(lock.root, ReturnRoot) or binding.call is None:
            return binding.paths(lock)
        found = self._values.result(code, binding.call, lock.root.index)
        things = [value for value in found if isinstance(value, Path)]
        return (things[0].extend(lock.fields),) if len(things) == 1 else binding.paths(lock)

    def known(self, code: FunctionCode, register: int) -> tuple[str, tuple[Path, ...]]:
        """The library name of a call's callee and the paths of its receiver; "" when it has none."""
        callee = code.callee(register)
        return p.known_name(callee), self.receivers(code, callee)

    def receivers(self, code: FunctionCode, callee: p.Callee) -> tuple[Path, ...]:
        """The paths of a callee's receiver."""
        if not isinstance(callee, p.Static | p.Interface):
            return ()
        return tuple(path.extend(callee.via) for path in self._values.paths(code, callee.receiver))

    def channels(self, code: FunctionCode, register: int) -> tuple[Path, ...]:
        """The paths of a channel; that of a context's Done lies below the context."""
        if type(code.code[register]) is ir.Call:
            name, receivers = self.known(code, register)
            if name == contexts.DONE:
                return tuple(path.extend((DONE,)) for path in receivers)
        return self._values.paths(code, register)

    def stops(self, code: FunctionCode, callee: p.Callee) -> tuple[Path, ...]:
        """What a call signals, if it reports true, about a goroutine that was to begin later."""
        if isinstance(callee, p.Value):
            found = self._values.of(code, callee.register)
            paths = tuple(v for v in found if isinstance(v, Path) and isinstance(v.root, ResultRoot) and not v.fields)
        else:
            paths = self.receivers(code, callee) if p.known_name(callee) == TIMER_STOP else ()
        return tuple(path.extend((STOPPED,)) for path in paths)

    def cancelled(self, value: Value) -> tuple[Path, ...]:
        """The Done channel that calling a value closes, if it is a context's cancel function."""
        if isinstance(value, FunctionValue) or not isinstance(value.root, ResultRoot) or value.fields:
            return ()
        root, code = value.root, self._code.function(value.root.function)
        callee = code.callee(root.register)
        known = root.index == 1 and p.is_one_of(callee, contexts.CANCELLABLE)
        return (Path(root._replace(index=0), (DONE,)),) if known else ()


def _is_copied(program: p.Program, code: FunctionCode, lock: Path) -> bool:
    """Whether a lock lies in a struct that the function gets as a copy: this one nobody else can take."""
    root = lock.root
    if not isinstance(root, VarRoot) or root.var not in code.function.params or not code.is_by_value(root.var):
        return False
    holder = code.types.var_type(root.var)
    for name in lock.fields:
        field = program.field(holder, name)
        if field is None or isinstance(program.underlying(field[0]), Pointer | Interface):
            return False
        holder = field[0]
    return True
