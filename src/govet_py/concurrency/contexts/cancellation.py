"""Who waits under a context, and which functions have one.

A function *waits under* its context parameter when it receives from `ctx.Done()`, or hands the context
(or one derived from it) to a function that does, or to one that has no body here: a remote call, a
query, a command. Asked for by need, memoised, each settled once.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.channels.subjects import subject
from govet_py.concurrency.contexts.carriers import Carriers
from govet_py.concurrency.contexts.context_values import CONTEXT, ContextValues
from govet_py.knowledge import contexts as knows
from govet_py.knowledge.concurrency import DONE, SPAWNERS, WAIT
from govet_py.knowledge.harmless import PREPARES, is_unseen
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import VarRoot
from govet_py.model.types import is_error

Slot = tuple[Node, int]
"""A parameter of a function, the receiver counted."""
Targets = tuple[Slot, ...]
ALWAYS: Targets = (("", ir.NONE),)


class Given(NamedTuple):
    """A call hands the context in register `argument` to parameter `position` of what it calls."""

    call: int
    argument: int
    position: int


class AtHand(NamedTuple):
    """A context that `function` (the one asked about, or one around a literal) has: variable `var`, itself
    a context or something with a method that gives one; or, `of_field`, a field of the receiver `var`."""

    function: str
    var: int
    name: str
    of_field: bool = False


class Cancellation:
    """Contexts as means to end work, over the whole program."""

    def __init__(
        self, code: Code, values: ValueAnalysis, calls: CallGraph, slices: Slices, contexts: ContextValues
    ) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._slices = slices
        self.contexts = contexts
        self._carriers = Carriers(code.program, calls)
        self._waits: dict[tuple[Node, int], bool] = {}
        self._given: dict[str, tuple[Given, ...]] = {}
        self._at_once: dict[str, bool] = {}

    # -- who waits ---------------------------------------------------------------------------------

    def given(self, code: FunctionCode) -> tuple[Given, ...]:
        """The contexts that a function hands to its callees."""
        known = self._given.get(code.id)
        if known is None:
            known = self._given[code.id] = tuple(self._find_given(code))
        return known

    def _find_given(self, code: FunctionCode) -> Iterator[Given]:
        for register, call in enumerate(code.code):
            if type(call) is not ir.Call or not call.args:
                continue
            for at, argument in enumerate(call.args):
                if code.type_of(argument) == CONTEXT:
                    yield Given(register, argument, at + self._shift(code, register))

    def _shift(self, code: FunctionCode, call: int) -> int:
        """1 where parameter 0 of the callee is a receiver that is not among the arguments."""
        callee = code.callee(call)
        if isinstance(callee, p.Static):
            return int(callee.receiver != ir.NONE)
        return int(isinstance(callee, p.Interface))

    def waits_at(self, code: FunctionCode, given: Given) -> bool:
        """Reports whether what the call runs waits under the context that it is given."""
        targets = self.targets(code, given)
        return targets is ALWAYS or any(self.waits(*target) for target in targets)

    def targets(self, code: FunctionCode, given: Given) -> Targets:
        """The parameters that a call hands a context to; ALWAYS when what it calls waits for sure."""
        callee = code.callee(given.call)
        match callee:
            case p.Static() if self._code.get(callee.function) is None:
                return () if _only_looks(code, given, callee.function) else ALWAYS
            case p.Static():
                return ((callee.function, given.position),)
            case p.Interface():
                return ((InterfaceNode(callee.interface, callee.method), given.position),)
            case p.Value():
                return self._held(code, given, callee.register)
        return ALWAYS if isinstance(callee, p.UnknownCallee) and _is_remote(code, given.call) else ()

    def bodies(self, code: FunctionCode, given: Given) -> Iterator[tuple[str, int]]:
        """The functions with a body that a call hands a context to, through interfaces as well, with the parameter."""
        for slot in self.targets(code, given):
            for name, at in self._hands_to(slot) if isinstance(slot[0], InterfaceNode) else (slot,):
                if isinstance(name, str) and self._code.get(name) is not None:
                    yield name, at

    def _held(self, code: FunctionCode, given: Given, register: int) -> Targets:
        """The parameters of the function values that a register holds, seen on the spot or kept somewhere before."""
        targets = self._values.targets(code, given.call)
        if targets:
            return tuple((target.function, given.position + target.method) for target in targets)
        bodies = [body for name in self._slices.callables(code, register) if (body := self._code.get(name))]
        return tuple((body.id, given.position + body.is_method) for body in bodies)

    def waits(self, node: Node, position: int) -> bool:
        """Reports whether a function may wait under its parameter `position` (the receiver first)."""
        if (node, position) not in self._waits:
            self._explore((node, position))
        return self._waits[node, position]

    def _explore(self, start: Slot) -> None:
        """Settles `start` and everything it depends on: forward to what is called, then back from what waits."""
        work, users = [start], dict[Slot, list[Slot]]()
        waiting: list[Slot] = []
        self._waits[start] = False
        while work:
            slot = work.pop()
            targets = self._hands_to(slot)
            if targets is ALWAYS or any(self._waits.get(target, False) for target in targets):
                waiting.append(slot)
                continue
            for target in targets:
                users.setdefault(target, []).append(slot)
                if target not in self._waits:
                    self._waits[target] = False
                    work.append(target)
        while waiting:
            slot = waiting.pop()
            if not self._waits[slot]:
                self._waits[slot] = True
                waiting.extend(users.get(slot, ()))

    def _hands_to(self, slot: Slot) -> Targets:
        """Where a function hands its parameter on to; ALWAYS when it waits under it itself."""
        node, position = slot
        if isinstance(node, InterfaceNode):
            names = [edge.target for edge in self._calls.edges.get(node, ()) if isinstance(edge.target, str)]
            return tuple((name, position) for name in names if self._code.get(name)) or ALWAYS
        code = self._code.get(node)
        if code is None or position >= len(code.function.params):
            return ALWAYS if code is None else ()
        if self._only_derives(code) or self.only_asks(code):
            return ()
        found: list[Slot] = []
        for function in self._with_literals(code):
            targets = self._hands_on(function, code.function.params[position])
            if targets is ALWAYS:
                return ALWAYS
            found.extend(targets)
        return tuple(dict.fromkeys(found))

    def _only_derives(self, code: FunctionCode) -> bool:
        """Whether a function gives contexts, and cannot fail as it would when it waited in vain."""
        signature = self._code.program.signature(code.id) if code.index == 0 else None
        results = signature.results if signature is not None else ()
        return CONTEXT in results and not any(is_error(result) for result in results)

    def only_asks(self, code: FunctionCode) -> bool:
        """Reports whether a function comes to nothing but the question whether its context is over."""
        calls = code.of_kind(ir.Call)
        selects = [code.code[at] for at in code.of_kind(ir.Select)]
        asked = {at for at, _ in (*self.dones(code), *self.errs(code))}
        polls = all(isinstance(select, ir.Select) and select.has_default for select in selects)
        return bool(calls) and asked.issuperset(calls) and polls and not code.of_kind(ir.Recv)

    def _hands_on(self, code: FunctionCode, var: int) -> Targets:
        if any(self.stems_from(code, register, var) for register in self.done_contexts(code)):
            return ALWAYS
        found: list[Slot] = []
        for given in self.given(code):
            if self.stems_from(code, given.argument, var):
                targets = self.targets(code, given)
                if targets is ALWAYS:
                    return ALWAYS
                found.extend(targets)
        return tuple(found)

    def _with_literals(self, code: FunctionCode) -> Iterator[FunctionCode]:
        yield code
        for instruction in code.code:
            if type(instruction) is ir.MakeClosure:
                yield from self._with_literals(self._code.sibling(code, instruction.function))

    def done_contexts(self, code: FunctionCode) -> tuple[int, ...]:
        """The contexts whose Done a function asks for."""
        return tuple(receiver for _, receiver in self._dones.get(code.id, ()))

    def askers(self) -> list[str]:
        """The functions that ask a context for its end."""
        return sorted({*self._dones, *self._errs})

    def dones(self, code: FunctionCode) -> list[tuple[int, int]]:
        """The calls of `Done` in a function, with the register of the context."""
        return self._dones.get(code.id, [])

    def errs(self, code: FunctionCode) -> list[tuple[int, int]]:
        """The calls of `Err` and `context.Cause` in a function, with the register of the context."""
        return self._errs.get(code.id, [])

    @cached_property
    def _dones(self) -> dict[str, list[tuple[int, int]]]:
        return self._asked(knows.DONE)

    @cached_property
    def _errs(self) -> dict[str, list[tuple[int, int]]]:
        found = self._asked(knows.ERR)
        for id, register in self._calls.named(knows.CAUSE):
            call = self._code.function(id).code[register]
            if isinstance(call, ir.Call) and call.args:
                found.setdefault(id, []).append((register, call.args[0]))
        return found

    def _asked(self, method: str) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for id, register in self._calls.named(method):
            callee = self._code.function(id).callee(register)
            if isinstance(callee, p.Interface):
                found.setdefault(id, []).append((register, callee.receiver))
        return found

    def stems_from(self, code: FunctionCode, register: int, var: int) -> bool:
        """Reports whether a context register may hold what variable `var` of the same body was given, and ends with
        it."""
        origins = (context.origin for context in self.contexts.of(code, register) if not context.detached)
        return any(one is not None and isinstance(one.root, VarRoot) and one.root.var == var for one in origins)

    # -- who has one -------------------------------------------------------------------------------

    def at_hand(self, code: FunctionCode) -> tuple[AtHand, ...]:
        """The contexts that are there for a function's own work, nearest first: its parameters, and those of
        the functions around a literal that is run while they wait for it."""
        found: list[AtHand] = []
        while True:
            found.extend(self._parameters(code))
            if code.function.parent == ir.NONE or not self.is_run_at_once(code):
                return tuple(found)
            code = self._code.sibling(code, code.function.parent)

    def _parameters(self, code: FunctionCode) -> Iterator[AtHand]:
        for var in code.function.params:
            type_ = code.types.var_type(var)
            if type_ == CONTEXT or self._carriers.carries(type_, code.id):
                yield AtHand(code.id, var, code.body.vars[var].name)
            elif code.body.vars[var].kind == ir.VarKind.RECEIVER:
                name = self._carriers.field(type_, code.id)
                if name:
                    yield AtHand(code.id, var, f"{code.body.vars[var].name}.{name}", True)

    def is_run_at_once(self, code: FunctionCode) -> bool:
        """Reports whether a literal runs while the function around it waits: called there, or given to a
        function that calls it or to a group that is waited for; not deferred, stored, or let go."""
        known = self._at_once.get(code.id)
        if known is None:
            known = self._at_once[code.id] = self._runs_at_once(code)
        return known

    def _runs_at_once(self, code: FunctionCode) -> bool:
        around = self._code.sibling(code, code.function.parent)
        uses = list(self._uses(around, code.index))
        return bool(uses) and all(uses)

    def _uses(self, around: FunctionCode, literal: int) -> Iterator[bool]:
        for register, made in enumerate(around.code):
            if type(made) is ir.MakeClosure and made.function == literal:
                yield from self._uses_of(around, {register})

    def _uses_of(self, around: FunctionCode, holders: set[int]) -> Iterator[bool]:
        """For each use of a function value whether it means to run it at once."""
        for at, use in enumerate(around.code):
            match use:
                case ir.Call() if use.callee in holders:
                    yield use.mode == ir.Mode.CALL or (use.mode == ir.Mode.GO and self._is_joined(around, use))
                case ir.Call() if holders.intersection(use.args):
                    yield any(self._runs(around, at, i) for i, arg in enumerate(use.args) if arg in holders)
                case ir.Store() if use.value in holders:
                    loads = {r for r, i in enumerate(around.code) if isinstance(i, ir.Load) and i.var == use.var}
                    yield not around.body.vars[use.var].captured
                    if not loads <= holders:
                        yield from self._uses_of(around, loads | holders)
                case ir.SetField() | ir.SetIndex() | ir.SetName() | ir.SetDeref() | ir.Send() if use.value in holders:
                    yield False
                case ir.Composite() if holders.intersection(use.values):
                    yield False
                case ir.Return() if holders.intersection(use.results):
                    yield False

    def _is_joined(self, around: FunctionCode, start: ir.Call) -> bool:
        """Whether a function itself waits for the wait group that a literal which it starts counts down."""
        made = around.code[start.callee]
        if not isinstance(made, ir.MakeClosure):
            return False
        counted = set(_groups(self._code.sibling(around, made.function), DONE))
        return not counted.isdisjoint(_groups(around, WAIT))

    def _runs(self, code: FunctionCode, call: int, argument: int) -> bool:
        """Whether a call runs the function that it is given as an argument before it returns, or in a group."""
        instruction = code.code[call]
        assert isinstance(instruction, ir.Call)
        callee = code.callee(call)
        if not isinstance(callee, p.Static) or instruction.mode != ir.Mode.CALL:
            return False
        spawner = SPAWNERS.get(callee.function)
        if spawner is not None:
            return spawner.grouped
        target = self._code.get(callee.function)
        position = argument + self._shift(code, call)
        if target is None or position >= len(target.function.params):
            return False
        var = target.function.params[position]
        return any(self._calls_variable(function, var) for function in self._with_literals(target))

    @staticmethod
    def _calls_variable(code: FunctionCode, var: int) -> bool:
        return any(
            type(call) is ir.Call and isinstance(load := code.code[call.callee], ir.Load) and load.var == var
            for call in code.code
        )


def _groups(code: FunctionCode, calls: Set[str]) -> Iterator[int]:
    """The variables that are wait groups, of which a function calls one of some methods."""
    for register in code.of_kind(ir.Call):
        callee = code.callee(register)
        if p.is_one_of(callee, calls) and callee.receiver != ir.NONE:
            group = subject(code, callee.receiver)
            if group is not None and group.var != ir.NONE and not group.fields:
                yield group.var


def _only_looks(code: FunctionCode, given: Given, function: str) -> bool:
    """Whether a function without a body here takes a context for its values: what logs, or sets something up and runs
    no function literal. What puts it into a request does not: the work is done under it."""
    if function.startswith(knows.LOOKS_ONLY) or is_unseen(function):
        return True
    if function in knows.CARRIES:
        return False
    call = code.code[given.call]
    assert isinstance(call, ir.Call)
    literals = any(type(code.code[code.source(argument)]) is ir.MakeClosure for argument in call.args)
    return function.rpartition(".")[2].startswith(PREPARES) and not literals


def _is_remote(code: FunctionCode, call: int) -> bool:
    """Whether a call of something unknown looks like work: a method of a type that is not declared here."""
    instruction = code.code[call]
    assert isinstance(instruction, ir.Call)
    name = code.code[instruction.callee]
    return isinstance(name, ir.Selector) and not name.name.startswith(PREPARES)
