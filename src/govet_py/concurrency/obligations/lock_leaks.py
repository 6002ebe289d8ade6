"""Locks that some path leaves held: the obligations of missing-unlock that are locks.

A function that returns with a lock held may mean it: its caller unlocks. So a leak is a return that leaves
held what no other function is there to release, one that fails where other returns of the function have
released the lock, or one that gives callers what such a return gives them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.uses import variable_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression
from govet_py.concurrency.flow.obligations import DISCHARGED, Duty, Exit, Obligations, Success, fails, success_of
from govet_py.concurrency.locks.handed_locks import got_with
from govet_py.concurrency.locks.lock_events import ONCE, LockEvents
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.concurrency.locks.locksets import LockEvent, LockSets
from govet_py.concurrency.obligations.answers import look_alike
from govet_py.concurrency.obligations.lending import handed_on
from govet_py.concurrency.obligations.releasers import Releasers
from govet_py.knowledge import concurrency as knows
from govet_py.knowledge.contexts import CANCEL_FUNCTIONS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, AllocRoot, FunctionValue, Path, ResultRoot, Value
from govet_py.model.types import Func


class LockLeak(NamedTuple):
    """`acquire` takes lock `path` in `function`; `held` are the ways out that leave it held, `freed` the
    registers where other ways release it. `kept_nowhere`: no other function releases this lock."""

    function: str
    name: str
    acquire: int
    held: tuple[Exit, ...]
    freed: tuple[int, ...]
    kept_nowhere: bool


class LockLeaks:
    """The lock leaks of a program."""

    def __init__(self, code: Code, values: ValueAnalysis, locks: LockSummaries) -> None:
        self._code = code
        self._values = values
        self._locks = locks.locks
        self._events = LockEvents(code, values, locks.of)
        self._releasers = Releasers(code, self._locks)

    def all(self) -> Iterator[LockLeak]:
        """Every leak, by function."""
        for id in sorted(self._locks):
            code = self._code.function(id)
            for path, acquires in self._acquired(code, self._locks[id]).items():
                yield from self._leak(code, path, acquires)

    def _acquired(self, code: FunctionCode, locks: LockSets) -> dict[Path, list[int]]:
        """The locks that a function takes where no deferred unlock follows at once."""
        found: dict[Path, list[int]] = {}
        for register, taken in sorted(locks.taken.items()):
            event = locks.events.get(register)
            if code.mode_of(register) == ir.Mode.CALL:
                for lock in taken:
                    released = event is not None and lock.path in event.releases
                    if not released and lock.path.fields[-1:] != (ONCE,):
                        found.setdefault(lock.path, []).append(register)
        return {
            path: registers
            for path, registers in found.items()
            if not all(self._is_deferred_at_once(code, locks, path, register) for register in registers)
        }

    @staticmethod
    def _is_deferred_at_once(code: FunctionCode, locks: LockSets, path: Path, register: int) -> bool:
        end = code.function.blocks[code.block_of(register)].end
        for later in range(register + 1, end):
            event = locks.events.get(later)
            if event is not None and path in event.releases:
                return code.is_deferred(later)
        return False

    def _leak(self, code: FunctionCode, path: Path, acquires: list[int]) -> Iterator[LockLeak]:
        freeing = self._freeing(code, path, acquires)
        got = self._got_in(code, path, acquires)
        if not got and self._is_one_of_many(code, path, acquires, freeing):
            return
        if self._is_released_around(code, path):
            return
        if not freeing and self._releasers.member(code, acquires[0]) is None and not self._is_own(code, path):
            return
        deferred = frozenset(filter(code.is_deferred, freeing))
        entrusted = (*got, *_elements(code, acquires))
        ending = frozenset(freeing).union(*(handed_on(self._code, code, var) for var in entrusted)) - deferred
        acquired = {register: self._success(code, register, path) for register in acquires}
        exits = Obligations(self._code, code, Duty(acquired, ending, deferred, guards=True)).exits()
        left = (e for e in exits if e.leaks and not _hands_on(code, e, acquires) and not self._gives(code, e, path))
        held = sorted(left, key=lambda exit: not _goes_round(code, exit))
        if not held:
            return
        kept_nowhere = not self._is_released_elsewhere(code, path, acquires[0])
        released = [exit for exit in exits if exit.status & DISCHARGED]
        told = look_alike(code, held, released) or (released and any(fails(code, exit) for exit in held))
        if not kept_nowhere and not told:
            held = [exit for exit in held if not _returns(code, exit, got)] if got and released else []
        if held:
            name = self._name(code, path, acquires[0])
            yield LockLeak(code.id, name, acquires[0], tuple(held), tuple(freeing), kept_nowhere)

    def _gives(self, code: FunctionCode, exit: Exit, path: Path) -> bool:
        """Whether a way out gives the caller the lock itself."""
        last = code.code[exit.register]
        results = last.results if isinstance(last, ir.Return) else ()
        return any(path in self._values.paths(code, result) for result in results)

    def _success(self, code: FunctionCode, register: int, path: Path) -> Success | None:
        """How an acquisition tells that it failed; a function of the program does by an error or a bool, or returns
        nil for what would have come locked."""
        callee = code.callee(register)
        if not isinstance(callee, p.Static):
            return None
        if callee.function in knows.TRY_ACQUIRE:
            return Success(0, False)
        inner = self._code.get(callee.function)
        if inner is None:
            return None
        got = got_with(code, self._values, register, path)
        may_be_nil = got is not None and _may_be_nil(inner, got.result)
        return success_of(inner) or (Success(got.result, False, True) if got is not None and may_be_nil else None)

    def _got_in(self, code: FunctionCode, path: Path, acquires: list[int]) -> list[int]:
        """The variables that hold what came with its lock held from calls, where all acquisitions are such."""
        got = [(register, got_with(code, self._values, register, path)) for register in acquires]
        found = [ir.NONE if one is None else variable_of(code, register, one.result) for register, one in got]
        return found if ir.NONE not in found else []

    # -- what releases a lock ------------------------------------------------------------------------

    def _freeing(self, code: FunctionCode, path: Path, acquires: list[int]) -> list[int]:
        """The instructions that release a lock, or hand it to someone who will."""
        owners = {_owner(code, register) for register in acquires}
        found: list[int] = []
        events = self._locks[code.id].events
        for register, instruction in enumerate(code.code):
            kind = type(instruction)
            if kind is ir.Call:
                assert isinstance(instruction, ir.Call)
                if _frees(events.get(register), path) or self._may_free(code, register, instruction, path):
                    found.append(register)
            elif kind is ir.Store:
                assert isinstance(instruction, ir.Store)
                if self._moves(code, instruction, owners):
                    found.append(register)
            elif kind in (ir.MakeClosure, ir.Selector) and self._is_handed_over(code, register, path):
                found.append(register)
        return found

    @staticmethod
    def _moves(code: FunctionCode, store: ir.Store, owners: set[int]) -> bool:
        """Whether a store gives the lock's owner another name, or its name another owner (`node = parent`); the next
        element of a range takes nothing over from the one before."""
        if _is_next(code, store):
            return False
        value = code.code[store.value]
        renamed = isinstance(value, ir.Load) and value.var in owners
        return not store.define and (renamed or store.var in owners)

    def _may_free(self, code: FunctionCode, register: int, call: ir.Call, path: Path) -> bool:
        """Whether a call without a known effect on the lock may release it all the same: a goroutine, a
        release of nobody knows which lock, a function value that nobody knows or another call made."""
        callee = code.callee(register)
        if call.mode == ir.Mode.GO:
            return _frees(self._events.at(code, register), path)
        if isinstance(callee, p.Static | p.Interface):
            name, receivers = self._events.known(code, register)
            return name in knows.RELEASE and len(receivers) != 1
        if not isinstance(callee, p.Value) or code.type_of(callee.register) in CANCEL_FUNCTIONS:
            return False
        plain = self._code.program.underlying(code.type_of(callee.register))
        unlocks = not call.args and not (isinstance(plain, Func) and plain.params)
        return unlocks and any(_is_made_elsewhere(value) for value in self._values.of(code, callee.register))

    def _is_handed_over(self, code: FunctionCode, register: int, path: Path) -> bool:
        """Whether a function value that releases the lock leaves the function's hands: all but being called
        where it is made, or through a variable that is only called."""
        return self._value_frees(code, register, path) and not _is_only_called(code, register)

    def _value_frees(self, code: FunctionCode, register: int, path: Path) -> bool:
        instruction = code.code[register]
        if isinstance(instruction, ir.MakeClosure):
            locks = self._locks.get(literal_id(code.body_id, instruction.function))
            return locks is not None and path in locks.released
        what = code.denotes(register)
        if not isinstance(what, p.FunctionRef) or what.receiver == ir.NONE:
            return False
        if what.id in knows.RELEASE:
            receivers = self._events.lock(code, what.receiver, what.via)
            return path in receivers or not receivers
        locks = self._locks.get(what.id)
        return locks is not None and bool(locks.released)

    def _is_one_of_many(self, code: FunctionCode, path: Path, acquires: list[int], freeing: list[int]) -> bool:
        """Whether a lock is an element that a loop takes and another loop releases, or one of several by different
        indices; one that a single variable stands for all the time is not."""
        if self._is_of_one_variable(code, acquires, freeing):
            return False
        if len({_index(code, register) for register in acquires}) > 1:
            return True
        if not path.is_exact or any(field in path.fields for field in (ELEMENT, "[key]")):
            loops = {code.loop_of(register) for register in acquires}
            return loops != {code.loop_of(register) for register in freeing} or ir.NONE in loops
        return False

    def _is_of_one_variable(self, code: FunctionCode, acquires: list[int], freeing: list[int]) -> bool:
        """Whether calls name an element by one variable that was given it once, or once in each round that both takes
        and releases it."""
        registers = [*acquires, *freeing]
        if not all(isinstance(code.code[register], ir.Call) for register in registers):
            return False
        owners = {_owner(code, register) for register in registers}
        stores = code.stores.get(next(iter(owners)), []) if len(owners) == 1 else []
        stored = code.code[stores[0]] if len(stores) == 1 else None
        if not isinstance(stored, ir.Store):
            return False
        loop = code.loop_of(stores[0])
        if loop != ir.NONE and not (freeing and all(code.inside(code.loop_of(at), loop) for at in registers)):
            return False
        return any(ELEMENT in one.fields for one in self._values.paths(code, stored.value))

    # -- locks that are released elsewhere -------------------------------------------------------------

    def _is_released_elsewhere(self, code: FunctionCode, path: Path, acquire: int) -> bool:
        """Whether another declared function releases the lock without having taken it: it may be meant to."""
        member = self._releasers.member(code, acquire)
        if member is None:
            return not self._is_own(code, path)
        return self._releasers.others(member, code)

    @staticmethod
    def _is_own(code: FunctionCode, path: Path) -> bool:
        """Whether a lock is made by the declared function that takes it, or by one of its literals."""
        return isinstance(path.root, AllocRoot) and path.root.function.partition("$")[0] == code.body_id

    def _is_released_around(self, code: FunctionCode, path: Path) -> bool:
        """Whether a function literal beside this one, or the function around it, releases the lock for it."""
        for index in range(len(code.body.functions)):
            locks = self._locks.get(literal_id(code.body_id, index))
            if index != code.index and locks is not None and not _is_inside(code, index) and path in locks.released:
                return True
        return False

    def _name(self, code: FunctionCode, path: Path, acquire: int) -> str:
        """The lock as the code names it; behind a helper that takes it, its fields below the
        receiver, or below what the helper returns."""
        callee = code.callee(acquire)
        if not isinstance(callee, p.Static | p.Interface) or callee.receiver == ir.NONE:
            return ".".join(path.fields) or "lock"
        name = expression(code, callee.receiver)
        if self._events.known(code, acquire)[0] in knows.ACQUIRE:
            return name
        got = got_with(code, self._values, acquire, path)
        var = ir.NONE if got is None else variable_of(code, acquire, got.result)
        if got is not None and var != ir.NONE:
            return ".".join((code.body.vars[var].name, *got.fields))
        bases = [base for base in self._values.paths(code, callee.receiver) if base.is_prefix_of(path)]
        return ".".join((name, *path.fields[len(bases[0].fields) :])) if bases else name


def _index(code: FunctionCode, call: int) -> int:
    """The variable that says which element the receiver of a call is, or is a part of; NONE for none."""
    at = code.receiver_of(call) if isinstance(code.code[call], ir.Call) else ir.NONE
    while at >= 0:
        match code.code[at]:
            case ir.Index() | ir.IndexAddr() as element:
                return load.var if isinstance(load := code.code[element.index], ir.Load) else ir.NONE
            case ir.Selector() | ir.FieldAddr() as part:
                at = part.base
            case _:
                break
    return ir.NONE


def _returns(code: FunctionCode, exit: Exit, variables: list[int]) -> bool:
    """Whether a way out hands the caller what one of the variables holds."""
    last = code.code[exit.register]
    results = [code.code[result] for result in last.results] if isinstance(last, ir.Return) else []
    return any(isinstance(result, ir.Load) and result.var in variables for result in results)


def _hands_on(code: FunctionCode, exit: Exit, acquires: list[int]) -> bool:
    """Whether a way out gives the caller at once what a function has returned that took the lock."""
    last = code.code[exit.register]
    for result in last.results if isinstance(last, ir.Return) else ():
        step = code.code[result]
        call = step.tuple if isinstance(step, ir.Extract) else result
        if call in acquires and p.known_name(code.callee(call)) not in knows.ACQUIRE:
            return True
    return False


def _may_be_nil(code: FunctionCode, index: int) -> bool:
    """Whether a function says that there is nothing by returning nil."""
    returns = (code.code[at] for at in code.of_kind(ir.Return))
    given = (step.results[index] for step in returns if isinstance(step, ir.Return) and index < len(step.results))
    return any(map(code.is_nil, given))


def _frees(event: LockEvent | None, path: Path) -> bool:
    """Whether a call releases the lock and does not take it back."""
    return event is not None and path in event.releases and all(lock.path != path for lock in event.acquires)


def _goes_round(code: FunctionCode, exit: Exit) -> bool:
    return exit.again and code.loop_of(exit.register) != ir.NONE


def _is_next(code: FunctionCode, store: ir.Store) -> bool:
    """Whether a store is that of a range: its variable gets the next element."""
    value = code.code[store.value]
    return isinstance(value, ir.Extract) and isinstance(code.code[value.tuple], ir.Next)


def _elements(code: FunctionCode, acquires: list[int]) -> Iterator[int]:
    """The variables of ranges through which calls name locks."""
    for var in sorted({_owner(code, register) for register in acquires}):
        stores = (code.code[at] for at in code.stores.get(var, ()))
        if any(isinstance(store, ir.Store) and _is_next(code, store) for store in stores):
            yield var


def _owner(code: FunctionCode, register: int) -> int:
    """The variable through which a call names the lock."""
    call = code.code[register]
    assert isinstance(call, ir.Call)
    register = call.callee
    while register != ir.NONE:
        instruction = code.code[register]
        if isinstance(instruction, ir.Load | ir.Addr):
            return instruction.var
        if not isinstance(instruction, ir.Selector | ir.FieldAddr | ir.Deref | ir.Index | ir.IndexAddr):
            break
        register = instruction.base
    return ir.NONE


def _is_made_elsewhere(value: Value) -> bool:
    """Whether a function value is the result of a call: perhaps a closure that releases what the call took."""
    if isinstance(value, FunctionValue):
        return value.call is not None
    return isinstance(value.root, ResultRoot)


def _is_only_called(code: FunctionCode, register: int) -> bool:
    """Whether a function value is called where it is made, or kept in a variable that is only called."""
    for instruction in code.code:
        if isinstance(instruction, ir.Call) and instruction.callee == register:
            return True
        if isinstance(instruction, ir.Store) and instruction.value == register:
            return not code.body.vars[instruction.var].captured and _is_variable_only_called(code, instruction.var)
    return False


def _is_variable_only_called(code: FunctionCode, var: int) -> bool:
    loads = {register for register, i in enumerate(code.code) if isinstance(i, ir.Load) and i.var == var}
    called = {i.callee for i in code.code if isinstance(i, ir.Call)}
    return loads <= called


def _is_inside(code: FunctionCode, index: int) -> bool:
    """Whether function `index` of the body is a literal inside this one."""
    while index not in (ir.NONE, code.index):
        index = code.body.functions[index].parent
    return index == code.index
