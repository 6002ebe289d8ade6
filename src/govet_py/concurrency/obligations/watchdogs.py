"""Watchdogs that outlive their work: a goroutine waits for the end of a context which only it can bring about.

The function derives a context, starts a goroutine that waits for it beside a timer, does its work with the
context and returns without cancelling: the goroutine stays until the timer makes it give up, if ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.flow.clock_channels import is_of_time
from govet_py.concurrency.flow.control import after
from govet_py.knowledge.contexts import DONE_NAME, ERR_NAME, PACKAGE
from govet_py.model import ir
from govet_py.model import program as p

LOOKS = (DONE_NAME, ERR_NAME)


class Watchdogs:
    """Finds the watchdog of a derived context, if it is one that nobody calls off."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def of(self, code: FunctionCode, context: int, cancel: int) -> int | None:
        """The go statement that starts a watchdog of the context in variable `context`, whose cancel function in
        variable `cancel` nobody else calls; None when all is well."""
        starts = self._literals(code, cancel)
        if len(starts) != 1 or _loads(code, cancel):
            return None
        start, index = starts[0]
        inner = self._code.function(literal_id(code.body_id, index))
        if not inner.function.loops or not self._waits_only_for(inner, context):
            return None
        return start if self._works_with(code, context, index) else None

    @staticmethod
    def _literals(code: FunctionCode, var: int) -> list[tuple[int, int]]:
        """The go statements whose literal uses a variable, as (register, literal); others spoil it: (NONE, …)."""
        found: list[tuple[int, int]] = []
        uses = uses_of(code)
        for register, instruction in enumerate(code.code):
            if isinstance(instruction, ir.MakeClosure) and mentions(code, instruction.function, var):
                starts = [use for use in uses.get(register, ()) if _is_go(code, use, register)]
                found.append((starts[0] if starts else ir.NONE, instruction.function))
        return found if all(register != ir.NONE for register, _ in found) else []

    @staticmethod
    def _waits_only_for(code: FunctionCode, context: int) -> bool:
        """Whether a goroutine waits for the context, and otherwise for the clock only."""
        ends = False
        for register in _awaited(code):
            source = code.code[register]
            callee = code.code[source.callee] if isinstance(source, ir.Call) else source
            if not isinstance(callee, ir.Selector):
                return False
            if callee.name == DONE_NAME and code.loads(callee.base, context):
                ends = True
            elif not is_of_time(code, register):
                return False
        return ends

    def _works_with(self, code: FunctionCode, context: int, watchdog: int) -> bool:
        """Whether the function gives the context to calls that it waits for, and to nothing that stays."""
        uses = uses_of(code)
        given = False
        for register, instruction in enumerate(code.code):
            if isinstance(instruction, ir.MakeClosure) and instruction.function != watchdog:
                started = any(_is_go(code, use, register) for use in uses.get(register, ()))
                if mentions(code, instruction.function, context) and (
                    started or not self._only_looks(code, instruction.function, context)
                ):
                    return False
            elif isinstance(instruction, ir.Load) and instruction.var == context:
                for use in uses.get(register, ()):
                    user = code.code[use]
                    if isinstance(user, ir.Call) and user.mode == ir.Mode.CALL and register in user.args:
                        given |= not self._derives(code, use)
                    elif not isinstance(user, ir.Selector):
                        return False
        return given

    def _only_looks(self, code: FunctionCode, index: int, context: int) -> bool:
        """Whether a literal, and those inside it, only ask whether the context is over."""
        inner = self._code.function(literal_id(code.body_id, index))
        uses = uses_of(inner)
        for register, instruction in enumerate(inner.code):
            match instruction:
                case ir.Load() if instruction.var == context:
                    users = [inner.code[use] for use in uses.get(register, ())]
                    if not all(isinstance(user, ir.Selector) and user.name in LOOKS for user in users):
                        return False
                case ir.Addr() if instruction.var == context:
                    return False
                case ir.MakeClosure() if not self._only_looks(code, instruction.function, context):
                    return False
        return True

    @staticmethod
    def _derives(code: FunctionCode, call: int) -> bool:
        """Whether a call makes one context of another."""
        callee = code.callee(call)
        return isinstance(callee, p.Static) and callee.function.startswith(PACKAGE)


def mentions(code: FunctionCode, index: int, var: int) -> bool:
    """Whether a literal, or one inside it, uses a variable."""
    for inner in code.body.functions[index].code:
        if isinstance(inner, ir.Load | ir.Addr) and inner.var == var:
            return True
        if isinstance(inner, ir.MakeClosure) and mentions(code, inner.function, var):
            return True
    return False


def uses_alone(code: Code, literal: FunctionCode, var: int) -> bool:
    """Reports whether a literal is started as a goroutine once, and nobody else uses a variable from then on; one that
    is compared with nil is left alone, for what it holds is not known here."""
    owner = code.function(literal_id(literal.body_id, literal.function.parent)) if literal.index else literal
    if owner is literal or owner.body.vars[var].owner != owner.index:
        return False
    made = [at for at in owner.of_kind(ir.MakeClosure) if owner.code[at] == ir.MakeClosure(literal.index)]
    if len(made) != 1 or not any(_is_go(owner, at, made[0]) for at in owner.go_statements()):
        return False
    tests = (literal.code[at] for at in literal.of_kind(ir.Binary))
    if any(literal.loads(side, var) for test in tests for side in (test.left, test.right)):  # type: ignore[union-attr]
        return False
    uses = (at for at in (*after(owner, made[0]), *_deferred(owner)) if at != made[0])
    return not any(_is_use(owner, at, var) for at in uses)


def _deferred(code: FunctionCode) -> Iterator[int]:
    """The functions that a function defers a call of."""
    yield from (code.code[at].callee for at in filter(code.is_deferred, code.of_kind(ir.Call)))  # type: ignore[union-attr]


def _is_use(code: FunctionCode, at: int, var: int) -> bool:
    step = code.code[at]
    if isinstance(step, ir.MakeClosure):
        return mentions(code, step.function, var)
    return isinstance(step, ir.Load | ir.Addr | ir.Store) and step.var == var


def ends_of(code: FunctionCode, contexts: set[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Where a context of one of the variables has ended: receives from its Done, and blocks of such cases."""
    receives: set[int] = set()
    blocks: set[int] = set()
    for index, block in enumerate(code.function.blocks):
        for register in range(block.start, block.end):
            instruction = code.code[register]
            if isinstance(instruction, ir.Recv) and _is_done(code, instruction.chan, contexts):
                receives.add(register)
            elif isinstance(instruction, ir.Select):
                cases = zip(instruction.cases, code.function.blocks[index].succs, strict=False)
                blocks.update(successor for case, successor in cases if _is_done(code, case.chan, contexts))
    return frozenset(receives), frozenset(blocks)


def _is_done(code: FunctionCode, chan: int, contexts: set[int]) -> bool:
    call = code.code[chan]
    callee = code.code[call.callee] if isinstance(call, ir.Call) else None
    if not isinstance(callee, ir.Selector) or callee.name != DONE_NAME:
        return False
    base = code.code[callee.base]
    return isinstance(base, ir.Load) and base.var in contexts


def _loads(code: FunctionCode, var: int) -> bool:
    return any(isinstance(i, ir.Load | ir.Addr) and i.var == var for i in code.code)


def _is_go(code: FunctionCode, register: int, callee: int) -> bool:
    call = code.code[register]
    return isinstance(call, ir.Call) and call.mode == ir.Mode.GO and call.callee == callee


def _awaited(code: FunctionCode) -> list[int]:
    """The channels that a function receives from."""
    found: list[int] = []
    for instruction in code.code:
        if isinstance(instruction, ir.Recv):
            found.append(instruction.chan)
        elif isinstance(instruction, ir.Select):
            found.extend(case.chan for case in instruction.cases)
    return found
