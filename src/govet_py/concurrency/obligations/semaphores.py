"""Slots of semaphores that some path does not give back: counting semaphores of libraries, and buffered
channels of tokens (`slots <- struct{}{}` … `<-slots`), also in a select that may be left by another case.

A slot may be given back on another goroutine, so that closures and callees that release one count as a
release. Told are functions that release on some of their ways and fail, or go round, on others without.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Reason
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.members import Member, member_of, receiver_member
from govet_py.callgraph.parameters import argument_of, parameter_of
from govet_py.callgraph.uses import runs_deferred, sends_of, uses_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.channels.subjects import Subject, is_given_away
from govet_py.concurrency.describe import expression
from govet_py.concurrency.flow.control import case_start
from govet_py.concurrency.flow.obligations import (
    DEFERRED,
    DISCHARGED,
    Duty,
    Exit,
    Obligations,
    Success,
    fails,
    is_passed_on,
)
from govet_py.concurrency.obligations.filled import filled_channels, is_token, token_senders
from govet_py.concurrency.obligations.permits import Permits
from govet_py.knowledge.contexts import FRESH
from govet_py.knowledge.releases import SEMAPHORE_RELEASES, SEMAPHORES, Semaphore, thing_taken
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, Path
from govet_py.model.source import Site

DEPTH = 2


class Slot(NamedTuple):
    """A slot of `path` is taken at `register`; `success` tells whether, `token`: by sending on a channel. From
    `held` on it is: in a select, where the case begins. `keyed`: it is the lock of a key."""

    register: int
    path: Path
    success: Success | None
    token: bool
    site: Site
    held: int
    keyed: bool = False


class SlotLeak(NamedTuple):
    """A slot that is taken at `site` of `function` and not given back on the ways `held`; `freed` are where
    other ways do. `unchecked`: instead, nobody looks whether it was taken before it is given back. `thing`: what the
    slot is called."""

    function: str
    name: str
    site: Site
    held: tuple[Exit, ...]
    freed: tuple[int, ...]
    unchecked: bool
    thing: str = "a slot"


class Semaphores:
    """The slots of a program."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._permits = Permits(code, calls)

    def leaks(self) -> Iterator[SlotLeak]:
        """Every leak, by function."""
        for id in sorted(self.functions()):
            code = self._code.function(id)
            slots: dict[Path, list[Slot]] = {}
            for slot in self.slots(code):
                slots.setdefault(slot.path, []).append(slot)
            for path, taken in slots.items():
                yield from self._leak(code, path, taken)

    @cached_property
    def _filled(self) -> frozenset[Member | None]:
        """The members whose channels are full of tokens from the start: sends give slots back."""
        return filled_channels(self._code, self._values)

    def functions(self) -> set[str]:
        """The functions that call an acquiring method, or send tokens."""
        found = {id for id, _ in self._permits.taken}
        found |= {id for name in SEMAPHORES for id, _ in self._calls.named(name)}
        for name in SEMAPHORES:
            found |= {c for c, edge in self._calls.callers.get(name, ()) if isinstance(c, str) and edge.site >= 0}
        return found.union(token_senders(self._code))

    def slots(self, code: FunctionCode) -> Iterator[Slot]:
        """The slots that a function takes."""
        for register, instruction in enumerate(code.code):
            if type(instruction) is ir.Call and instruction.mode == ir.Mode.CALL:
                callee, known = code.callee(register), self._semaphore(code, register)
                if known is not None and isinstance(callee, p.Static | p.Interface):
                    success, key = Success(0, not known.with_bool), self._permits.key(code, register)
                    for path in self.path_of(code, callee.receiver, callee.via) if key is not None else ():
                        told, site = success if known.fallible else None, code.site(register)
                        yield Slot(register, path.extend(key or ()), told, False, site, register, known.keyed)
            else:
                yield from self._tokens(code, register, instruction)

    def _semaphore(self, code: FunctionCode, register: int) -> Semaphore | None:
        """What a call acquires a slot of."""
        callee = code.callee(register)
        known = SEMAPHORES.get(callee.function) if isinstance(callee, p.Static) else None
        return known or self._permits.taken.get((code.id, register))

    def _tokens(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Iterator[Slot]:
        """The slots that are taken by sending a token."""
        for channel, value, case in sends_of(instruction):
            if not is_token(code, value) or semaphore_of(self._code, code, register) in self._filled:
                continue
            held, site = register, code.site(register)
            if isinstance(instruction, ir.Select):
                held, site = case_start(code, register, case), Site(code.path, instruction.cases[case].span)
                if len(code.predecessors[code.block_of(held)]) > 1:
                    continue
            for path in self.path_of(code, channel, ()):
                if self._is_buffered(path):
                    yield Slot(register, path, None, True, site, held)

    def gives_back(self, code: FunctionCode, literal: str) -> bool:
        """Reports whether a literal of a function releases a slot that the function takes."""
        return any(slot.path in self._releases(literal, slot.token) for slot in self.slots(code))

    def path_of(self, code: FunctionCode, register: int, via: tuple[str, ...] = ()) -> tuple[Path, ...]:
        """The path that a register names, when it is one only."""
        paths = self._values.paths(code, register)
        return (paths[0].extend(via),) if len(paths) == 1 else ()

    @staticmethod
    def _is_own(code: FunctionCode, path: Path) -> bool:
        """Whether the function has made the channel itself, so that nobody misses the slots when it has gone."""
        return isinstance(path.root, AllocRoot) and path.root.function == code.id

    def _is_buffered(self, path: Path) -> bool:
        """Whether a channel may have room: one that is made here without a capacity has not."""
        if not isinstance(path.root, AllocRoot) or path.fields:
            return True
        made = self._code.function(path.root.function).code[path.root.register]
        return isinstance(made, ir.Call) and len(made.args) > 1

    def _leak(self, code: FunctionCode, path: Path, taken: list[Slot]) -> Iterator[SlotLeak]:
        freed, deferred = self._frees(code, path, taken[0].token)
        name, own = self._name(code, taken[0]), self._is_own(code, path)
        if not freed and not deferred:
            yield from self._lost(code, name, taken)
            return
        if taken[0].token and self._is_signal(code, path, self._surely(code, path, True, [*freed, *deferred])):
            return
        for slot in taken:
            if self._is_unchecked(code, slot):
                yield SlotLeak(code.id, name, slot.site, (), (*freed, *deferred), True)
                return
        duty = Duty({slot.held: slot.success for slot in taken}, frozenset(freed), frozenset(deferred))
        exits, sure = Obligations(self._code, code, duty).exits(), self._surely(code, path, taken[0].token, freed)
        rounds = {slot.held for slot in taken if _is_freed_in_round(code, slot, sure)}
        held = tuple(exit for exit in exits if exit.leaks and (exit.register in rounds if exit.again else not own))
        given = any(exit.status & (DISCHARGED | DEFERRED) for exit in exits)
        if not held or not given:
            return
        if not self._is_released_elsewhere(code, semaphore_of(self._code, code, taken[0].register)) or any(
            fails(code, exit) for exit in held
        ):
            yield SlotLeak(code.id, name, taken[0].site, held, (*freed, *deferred), False, _thing(code, taken[0]))

    def _is_signal(self, code: FunctionCode, path: Path, freed: list[int]) -> bool:
        """Whether a function waits for what it has sent, among other things: it wakes itself up, and takes no slot."""
        received = [
            case_start(code, at, index)
            for at in code.of_kind(ir.Select)
            if isinstance(step := code.code[at], ir.Select) and len(step.cases) > 1 and not step.has_default
            for index, case in enumerate(step.cases)
            if case.value == ir.NONE and path in self.path_of(code, case.chan, ())
        ]
        return bool(received) and set(freed).issubset(received)

    def _lost(self, code: FunctionCode, name: str, taken: list[Slot]) -> Iterator[SlotLeak]:
        """Permits that a function hands on if it succeeds, for others to give back, and has also where it fails, as it
        does when it gets none: nobody can tell then."""
        member = semaphore_of(self._code, code, taken[0].register)
        permits = all((code.id, slot.register) in self._permits.taken for slot in taken)
        if not permits or member is None or not self._is_released_elsewhere(code, member):
            return
        freed = frozenset(e.site for e in self._calls.edges.get(code.id, ()) if e.target in self._permits.givers)
        duty = Duty({slot.held: slot.success for slot in taken}, freed)
        exits = [exit for exit in Obligations(self._code, code, duty).exits() if not exit.again]
        failing = [e for e in exits if fails(code, e) and not is_passed_on(self._code, code, e)]
        held = tuple(exit for exit in failing if exit.leaks)
        handed_on = any(exit.leaks for exit in exits if exit not in failing)
        if held and handed_on and len(held) < len(failing):
            yield SlotLeak(code.id, name, taken[0].site, held, (), False, _thing(code, taken[0]))

    def _is_released_elsewhere(self, code: FunctionCode, member: Member | None) -> bool:
        """Whether a function that takes no slot gives one of these back: it may be this one's."""
        return any(body != code.body_id for body in self._released_by_others.get(member, ()))

    @cached_property
    def token_givers(self) -> dict[Member, list[str]]:
        """By member, the functions that receive from a channel of tokens on which they do not send."""
        found: dict[Member, list[str]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            received = (step for at in code.of_kind(ir.Recv) if isinstance(step := code.code[at], ir.Recv))
            channels = dict.fromkeys(member_of(self._code.program, code, step.chan) for step in received)
            for member in channels:
                if member is not None and id not in self._token_takers.get(member, ()):
                    found.setdefault(member, []).append(id)
        return found

    @cached_property
    def _token_takers(self) -> dict[Member, set[str]]:
        """By member, the functions that send on a channel."""
        found: dict[Member, set[str]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for at in code.of_kind(ir.Send, ir.Select):
                if (member := semaphore_of(self._code, code, at)) is not None:
                    found.setdefault(member, set()).add(id)
        return found

    @cached_property
    def _released_by_others(self) -> dict[Member | None, list[str]]:
        """By member, the functions that release a slot they have not taken."""
        found: dict[Member | None, list[str]] = {}
        for name in sorted(SEMAPHORE_RELEASES):
            sites = list(self._calls.named(name))
            sites += [(c, e.site) for c, e in self._calls.callers.get(name, ()) if isinstance(c, str)]
            for id, register in sites:
                code = self._code.function(id)
                self._note_release(code, register, found)
        for id, register in sorted(self._permits.given_back):
            self._note_release(self._code.function(id), register, found)
        for member, ids in self.token_givers.items():
            takers = {self._code.function(id).body_id for id in self._token_takers.get(member, ())}
            bodies = (self._code.function(id).body_id for id in ids)
            found.setdefault(member, []).extend(body for body in bodies if body not in takers)
        return found

    def _note_release(self, code: FunctionCode, register: int, found: dict[Member | None, list[str]]) -> None:
        if not any(True for _ in self.slots(code)):
            found.setdefault(semaphore_of(self._code, code, register), []).append(code.body_id)

    def _frees(self, code: FunctionCode, path: Path, token: bool) -> tuple[list[int], list[int]]:
        """The instructions that give a slot back, now or deferred; closures that will do so among them."""
        freed: list[int] = []
        deferred: list[int] = []
        own = self._own(code, path, token)
        for register, instruction in enumerate(code.code):
            if isinstance(instruction, ir.MakeClosure):
                frees = path in self._releases(literal_id(code.body_id, instruction.function), token)
            else:
                frees = register in own or self._frees_given(code, register, path, token)
                if not frees and self._may_reach(code, register, path):
                    frees = self._callee_frees(code, register, token, DEPTH)
            if frees:
                (deferred if runs_deferred(code, register) else freed).append(register)
        return freed, deferred

    def _surely(self, code: FunctionCode, path: Path, token: bool, freed: list[int]) -> list[int]:
        """Those that give back a slot of this very path, not of any by a function that is called."""
        own = self._own(code, path, token)
        return [
            at
            for at in freed
            if at in own or isinstance(code.code[at], ir.MakeClosure) or self._frees_given(code, at, path, token)
        ]

    def _own(self, code: FunctionCode, path: Path, token: bool) -> set[int]:
        """Where a function itself gives back a slot of `path`."""
        return {register for register, released in self._direct(code, token) if released == path}

    def _frees_given(self, code: FunctionCode, register: int, path: Path, token: bool) -> bool:
        """Whether a declared function that is called gives back a slot of `path`, which it is given."""
        return isinstance(code.code[register], ir.Call) and path in self._given_back(code, register, token, 0)

    def _given_back(self, code: FunctionCode, call: int, token: bool, depth: int) -> set[Path]:
        """The slots of what a call gives to a declared function that this gives back."""
        callee = code.callee(call)
        target = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        found: set[Path] = set()
        for released in self._releases(target.id, token, depth) if target is not None else ():
            at = parameter_of(target, released) if target is not None else None
            given = ir.NONE if target is None or at is None else argument_of(target, code, call, at)
            if given >= 0:
                found.update(path.extend(released.fields) for path in self._values.paths(code, given))
        return found

    def _direct(self, code: FunctionCode, token: bool) -> Iterator[tuple[int, Path]]:
        """The releases of a function itself."""
        for register, instruction in enumerate(code.code):
            if token and type(instruction) is ir.Recv:
                yield from ((register, path) for path in self.path_of(code, instruction.chan, ()))
            elif token and isinstance(instruction, ir.Select):
                for index, case in enumerate(instruction.cases):
                    for path in self.path_of(code, case.chan, ()) if case.value == ir.NONE else ():
                        yield case_start(code, register, index), path
            elif not token and type(instruction) is ir.Call:
                callee = code.callee(register)
                known = p.is_one_of(callee, SEMAPHORE_RELEASES)
                known = known or (code.id, register) in self._permits.given_back
                key = self._permits.key(code, register) if known else None
                if key is not None and isinstance(callee, p.Static | p.Interface):
                    paths = self.path_of(code, callee.receiver, callee.via)
                    yield from ((register, path.extend(key)) for path in paths)

    def _releases(self, literal: str, token: bool, depth: int = 1) -> set[Path]:
        """What a literal releases, or one inside it, or a function that it calls for that."""
        code = self._code.function(literal)
        found = {path for _, path in self._direct(code, token)}
        for register, instruction in enumerate(code.code):
            if isinstance(instruction, ir.MakeClosure):
                found |= self._releases(literal_id(code.body_id, instruction.function), token, depth)
            elif depth and isinstance(instruction, ir.Call):
                found |= self._given_back(code, register, token, depth - 1)
        return found

    def _may_reach(self, code: FunctionCode, call: int, path: Path) -> bool:
        """Whether what is called may know a channel: it must be given one that the caller makes and stores nowhere."""
        if not self._is_own(code, path) or not isinstance(step := code.code[call], ir.Call):
            return True
        stores = (one for at in code.of_kind(ir.Store) if isinstance(one := code.code[at], ir.Store))
        names = {store.var for store in stores if path in self.path_of(code, store.value, ())}
        if any(is_given_away(code, Subject(var, "", ())) for var in names):
            return True
        return any(path in self._values.paths(code, argument) for argument in step.args)

    def _callee_frees(self, code: FunctionCode, register: int, token: bool, depth: int) -> bool:
        """Whether a declared function that is called, or what it calls, releases some slot."""
        if not isinstance(code.code[register], ir.Call):
            return False
        for edge in self._calls.edges.get(code.id, ()):
            if edge.site != register or edge.reason != Reason.STATIC or not isinstance(edge.target, str):
                continue
            target = self._code.function(edge.target)
            if any(True for _ in self._direct(target, token)):
                return True
            if depth and any(
                self._callee_frees(target, inner.site, token, depth - 1)
                for inner in self._calls.edges.get(edge.target, ())
                if inner.reason == Reason.STATIC
            ):
                return True
        return False

    def _is_unchecked(self, code: FunctionCode, slot: Slot) -> bool:
        """Whether the result that tells of failure is thrown away, where failure can come."""
        call = code.code[slot.register]
        if slot.success is None or not isinstance(call, ir.Call) or uses_of(code).get(slot.register):
            return False
        callee = code.callee(slot.register)
        known = SEMAPHORES.get(callee.function) if isinstance(callee, p.Static) else None
        if known is None or known.wait < 0 or known.wait >= len(call.args):
            return False
        waits = code.code[call.args[known.wait]]
        fresh = code.callee(call.args[known.wait]) if isinstance(waits, ir.Call) else None
        return not p.is_one_of(fresh, FRESH)

    @staticmethod
    def _name(code: FunctionCode, slot: Slot) -> str:
        instruction = code.code[slot.register]
        if slot.token:
            sent = (channel for channel, value, _ in sends_of(instruction) if is_token(code, value))
            return expression(code, next(sent))
        receiver = code.receiver_of(slot.register)
        return expression(code, receiver) if receiver != ir.NONE else "the semaphore"


def _thing(code: FunctionCode, slot: Slot) -> str:
    """What is taken, by the name of the method that takes it."""
    return thing_taken(code.called_name(slot.register)) or ("a key's lock" if slot.keyed else "a slot")


def _is_freed_in_round(code: FunctionCode, slot: Slot, freed: list[int]) -> bool:
    """Whether the round of a loop that takes a slot gives it back on some way."""
    loop = code.loop_of(slot.register)
    return loop != ir.NONE and any(code.inside(code.loop_of(register), loop) for register in freed)


def semaphore_of(program: Code, code: FunctionCode, register: int) -> Member | None:
    """The field or package variable that holds the semaphore of a call, or the channel of a send."""
    instruction = code.code[register]
    for channel, _, _ in sends_of(instruction):
        return member_of(program.program, code, channel)
    return receiver_member(program.program, code, register)
