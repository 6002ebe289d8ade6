"""What a call comes to: the effects of the callee's summary, and of the function values that it runs.

A callee that runs a parameter gives an INVOKE effect; where the argument is a known function, that function's own
effects take its place, and those of the functions that it runs in turn. Observers that notify each other would run
one another for ever, in all orders: the runs are a worklist, breadth first, and a function that has been run on the
same strand under no more locks brings nothing new.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.arguments import target_of
from govet_py.callgraph.callgraph import Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.handed_over import meant
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.bindings import Binding, captured
from govet_py.concurrency.effects.kept import Kept
from govet_py.concurrency.effects.lifting import Context, Lifting
from govet_py.concurrency.effects.observers import Observers
from govet_py.concurrency.effects.slots import Slots
from govet_py.concurrency.effects.strands import of_element
from govet_py.concurrency.effects.traces import chain, steps
from govet_py.model import ir
from govet_py.model.concurrency import (
    ELEMENT,
    AllocRoot,
    Effect,
    EffectKind,
    FunctionValue,
    Given,
    GlobalRoot,
    LockSet,
    Path,
    ResultRoot,
    Strand,
    Summary,
    Trace,
    Value,
    make,
)
from govet_py.model.types import Map

MAX_NESTING = 8


class Run(NamedTuple):
    """A function value that is run: how, by which call (None: with unknown arguments), inside how many runs."""

    value: FunctionValue
    context: Context
    register: int | None
    nesting: int
    given: Given = ()


class Runs:
    """Applies the summaries of what is called and run; `summary` gives that of a function."""

    def __init__(
        self, code: Code, values: ValueAnalysis, summary: Callable[[Node], Summary], slots: Slots
    ) -> None:
        self._code = code
        self._values = values
        self._summary = summary
        self._slots = slots
        self._kept = Kept(values)
        self._observers = Observers(code, slots)

    def of_call(
        self, code: FunctionCode, node: Node, binding: Binding, context: Context, receivers: tuple[Path, ...] = ()
    ) -> Iterator[Effect]:
        """What a callee does, in the terms of `code`; through an interface with what may be behind that."""
        runs: deque[Run] = deque()
        if context.strand is None and any(ELEMENT in path.fields for path in receivers):
            self._observers.note(code, context.anchor)
        yield from self._apply(code, self._summary(node), binding, context, 0, runs)
        yield from self._all(code, runs)

    def of_value(
        self, code: FunctionCode, value: Value, context: Context, register: int | None
    ) -> Iterator[Effect]:
        """A function value is run: what a known function does, or an INVOKE of a path.
        `register` is the call that gives the arguments, None when they are unknown."""
        if not isinstance(value, Path):
            yield from self._all(code, deque((Run(value, context, register, 0),)))
        elif not isinstance(value.root, GlobalRoot):  # no caller knows better what a package variable holds
            site, trace = code.site(context.anchor), chain(context.trace, None)
            how = (context.locks, context.strand, site, "callback", trace, context.certain)
            given = self._given(code, register)
            if register is not None and context.strand is None and ELEMENT in value.fields:
                self._observers.note(code, register)
            yield Effect(EffectKind.INVOKE, value, *how, given=given)

    def _given(self, code: FunctionCode, register: int | None) -> Given:
        """What the call of a function that the caller knows hands over."""
        call = code.code[register] if register is not None else None
        if not isinstance(call, ir.Call) or call.spread:
            return ()
        given = tuple([tuple(self._handed(code, argument)) for argument in call.args])
        return given if any(given) else ()

    def _handed(self, code: FunctionCode, argument: int) -> Iterator[Path]:
        """What an argument is; of the elements of a collection only those that whoever runs the function comes to."""
        for path in self._values.paths(code, argument):
            if ELEMENT not in path.fields or self._slots.is_met_by_all(code, argument):
                yield path

    def taken(
        self, code: FunctionCode, values: Iterable[Value], context: Context
    ) -> Iterator[tuple[Value, Context]]:
        """The functions that are run, and how: those that are elements of what another function made are left to it,
        which knows who takes them. Of the table of a package variable one is run, or another."""
        values = list(values)
        elements = [value for value in values if isinstance(value, Path) and ELEMENT in value.fields]
        of_elements = {one: path for path in elements for one in self._values.members(path)}
        for value in values:
            path = of_elements.get(value)
            if path is None or not isinstance(value, FunctionValue):
                yield value, context
            elif _is_made_by(path, code):
                yield value, self._as_element(code, value, path, context)
            elif isinstance(path.root, GlobalRoot):
                yield value, self._as_element(code, value, path, context)._replace(certain=False)

    def _all(self, code: FunctionCode, runs: deque[Run]) -> Iterator[Effect]:
        """The effects of all `runs` and of those that they lead to, the shortest way to each first."""
        had: dict[tuple[FunctionValue, Strand | None, bool, Given], list[LockSet]] = {}
        while runs:
            value, context, register, nesting, given = runs.popleft()
            locks = had.setdefault((value, context.strand, context.certain, given), [])
            if nesting < MAX_NESTING and not any(earlier <= context.locks for earlier in locks):
                locks.append(context.locks)
                closure = captured(self._code, self._values, code, value)
                binding = Binding(self._values, code, register, target_of(value), closure, given)
                yield from self._apply(code, self._summary(value.function), binding, context, nesting + 1, runs)

    def _apply(
        self, code: FunctionCode, summary: Summary, binding: Binding, context: Context, nesting: int, runs: deque[Run]
    ) -> Iterator[Effect]:
        """The effects of a summary; the known functions that it runs go to the end of `runs`."""
        lifting = Lifting(self._values, code, binding, context)
        for effect in summary.effects:
            if effect.kind != EffectKind.INVOKE:
                for value, path in lifting.places(effect.path):
                    made = lifting.made(effect, value, path)
                    if ELEMENT in path.fields:
                        made = self._slots.in_turn(code, binding.given(effect.path), made)
                    yield made
                    if made.strand is not None and (given := self._kept.as_given(code, made)) is not None:
                        yield given
                continue
            for handed in binding.values(effect.path):
                lifted = lifting.lifted(effect, handed)
                named = lifted.path if isinstance(handed, Path) else handed
                yield from self._invoke(code, named, lifted, context.anchor, nesting, runs)

    def _invoke(
        self, code: FunctionCode, value: Value, invoke: Effect, anchor: int, nesting: int, runs: deque[Run]
    ) -> Iterator[Effect]:
        """What a callee runs is `value` here: an INVOKE of it still, or known functions, which go to `runs`."""
        found: tuple[Value, ...] = (value,)
        element = ELEMENT in invoke.path.fields
        if isinstance(value, Path) and (not element or _is_made_by(value, code)):
            found = (*self._values.members(value), *meant(self._code, value), value)
        for one in found:
            if isinstance(one, Path):
                if one.is_exact and not isinstance(one.root, GlobalRoot):
                    yield make(Effect, (invoke.kind, one, *invoke[2:]))
                continue
            way = (*steps(invoke.trace), Trace(invoke.site, "runs the callback", False, None))
            context = Context(anchor, invoke.locks, invoke.strand, way, invoke.certain, True)
            if element and not self._observers.run_at(step.site for step in way):
                context = self._as_element(code, one, value, context)
            runs.append(Run(one, context, None, nesting, invoke.given))

    def _as_element(self, code: FunctionCode, value: FunctionValue, place: Value, context: Context) -> Context:
        """How an element at `place` is run: whoever looks a function up in a table leaves it there for others."""
        function = self._code.get(value.function)
        if function is None or (isinstance(place, Path) and self._is_table(place)):
            return context
        return context._replace(strand=of_element(code, function, context.strand), passed=True)

    def _is_table(self, element: Path) -> bool:
        root = element.root
        if element.fields != (ELEMENT,) or not isinstance(root, AllocRoot | ResultRoot):
            return False
        made = self._code.function(root.function).type_of(root.register)
        return isinstance(self._code.program.underlying(made), Map)


def _is_made_by(path: Path, code: FunctionCode) -> bool:
    """Reports whether a path begins at what the function at hand makes itself, or is given by a callee."""
    return isinstance(path.root, AllocRoot | ResultRoot) and path.root.function == code.id
