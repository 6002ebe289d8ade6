"""Fields that are looked at for nil under a lock, and used under it once it has been given back and taken again.

Whoever sets the field to nil under that lock may have come in between: what was there is there no more.

LIMIT: only what surely panics is a use: a method of a nil interface, a field of a nil pointer, a nil function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.races.gaps import FunctionGaps
from govet_py.concurrency.races.keys import WHOLE
from govet_py.concurrency.races.touch import Touch
from govet_py.knowledge.atomics import Does
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Pointer


def nilled(code: Code, touches: Mapping[str, list[Touch]]) -> frozenset[Member]:
    """The fields that some function sets to nil with a lock held."""
    return frozenset(
        touch.member
        for id, found in touches.items()
        for touch in found
        if touch.member is not None and sets_nil(code.function(id), touch)
    )


def sets_nil(code: FunctionCode, touch: Touch) -> bool:
    """Reports whether a touch of a function sets a field to nil with a lock held."""
    writes = touch.does == Does.WRITE and touch.key == WHOLE and bool(touch.guards) and touch.inner is None
    return writes and touch.value >= 0 and _is_nil(code, touch.value)


def stale_nils(
    program: Code, code: FunctionCode, touches: list[Touch], locks: LockSets, known: frozenset[Member]
) -> Iterator[tuple[Touch, Touch]]:
    """The looks for nil at such fields in one function, each with a use in a later section: the read of it."""
    reads = [t for t in touches if t.does == Does.READ and t.member in known and t.guards and t.inner is None]
    looks = {t.register for t in reads} & _compared(code) if reads else set()
    used = _used(program, code, {t.register for t in reads} - looks) if looks else set()
    uses = [t._replace(does=Does.WRITE) for t in reads if t.register in used]
    if uses:
        others = [t for t in touches if t.register not in used]
        function = FunctionGaps(program, code, [*others, *uses], locks)
        given_back = {t.register for t in uses}
        for test, act in function.gaps([t for t in reads if t.register in looks]):
            if act.register in given_back:
                yield test, act


def _compared(code: FunctionCode) -> set[int]:
    """What a function compares with nil."""
    found: set[int] = set()
    for register in code.of_kind(ir.Binary):
        step = code.code[register]
        if isinstance(step, ir.Binary) and step.op in ("==", "!="):
            sides = ((step.left, step.right), (step.right, step.left))
            found.update(one for one, other in sides if _is_nil(code, other))
    return found


def _used(program: Code, code: FunctionCode, reads: set[int]) -> set[int]:
    """Those of some registers whose being nil would be a panic."""
    found: set[int] = set()
    for register in code.of_kind(ir.Call, ir.Selector, ir.SetField) if reads else ():
        step = code.code[register]
        if isinstance(step, ir.Selector | ir.SetField):
            is_field = isinstance(step, ir.SetField) or isinstance(code.denotes(register), p.FieldRef)
            if is_field and isinstance(program.program.underlying(code.type_of(step.base)), Pointer):
                found.add(step.base)
        elif isinstance(step, ir.Call):
            callee = code.callee(register)
            found.update({callee.receiver} if isinstance(callee, p.Interface) else {step.callee})
    return found & reads


def _is_nil(code: FunctionCode, register: int) -> bool:
    step = code.code[register]
    return isinstance(step, ir.Const) and step.kind == "nil"
