"""Fields that are looked at for nil under a lock, and used under it once it has been given back and taken again; so are
entries of maps, by a function literal too that the one who looks leaves behind.

Whoever sets the field to nil, or deletes the entry, under that lock may have come in between: what was there is there
no more.

LIMIT: only what surely panics is a use: a method of a nil interface, a field of a nil pointer, a nil function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.concurrency.describe import expression
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.races.gaps import FunctionGaps
from govet_py.concurrency.races.keys import WHOLE, Keys
from govet_py.concurrency.races.touch import Sets, Touch, sections
from govet_py.knowledge.atomics import NOTHING, Does
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path, VarRoot
from govet_py.model.types import Map, Pointer


def nilled(code: Code, touches: Mapping[str, list[Touch]]) -> frozenset[Member]:
    """The fields that some function sets to nil, and the maps that one deletes entries of, with a lock held."""
    return frozenset(
        touch.member
        for id, found in touches.items()
        for touch in found
        if touch.member is not None and takes_away(code.function(id), touch)
    )


def takes_away(code: FunctionCode, touch: Touch) -> bool:
    """Reports whether a touch of a function sets a field to nil, or deletes an entry, with a lock held."""
    if touch.does != Does.WRITE or not touch.guards or touch.inner is not None:
        return False
    if touch.key == WHOLE:
        return touch.value >= 0 and _is_nil(code, touch.value)
    return touch.sets == Sets.NOTHING


def stale_nils(
    program: Code, code: FunctionCode, touches: list[Touch], locks: LockSets, known: frozenset[Member]
) -> Iterator[tuple[Touch, Touch]]:
    """The looks for nil at such fields in one function, each with a use in a later section: the read of it."""
    reads = [t for t in touches if t.does == Does.READ and t.member in known and t.guards and t.inner is None]
    looks = {t.register for t in reads} & _looked_at(code) if reads else set()
    used = _used(program, code, {t.register for t in reads} - looks) if looks else set()
    uses = [t._replace(does=Does.WRITE) for t in reads if t.register in used]
    if uses:
        others = [t for t in touches if t.register not in used]
        function = FunctionGaps(program, code, [*others, *uses], locks)
        given_back = {t.register for t in uses}
        for test, act in function.gaps([t for t in reads if t.register in looks]):
            if act.register in given_back:
                yield test, act


def left_behind(
    program: Code, code: FunctionCode, literal: FunctionCode, locks: LockSets, inner: LockSets
) -> Iterator[tuple[Touch, Touch, bool]]:
    """The looks of a function at entries which a literal of its own uses, when it takes the lock again, without another
    look; and whether it deletes them itself, so that two literals for one entry are enough."""
    entries = list(_entries(program, literal, inner))
    used = _used(program, literal, {t.register for t in entries} - _looked_at(literal)) if entries else set()
    looked = _looked_at(code) if used else set()
    looks = {t.key: t for t in _entries(program, code, locks) if t.register in looked} if looked else {}
    for act in (t for t in entries if t.register in used):
        again = any(t.register < act.register and t.key == act.key and t.register not in used for t in entries)
        if act.key in looks and not again and looks[act.key].guards & act.guards:
            deleted = any(t.key == act.key and t.does == Does.WRITE and t.sets == Sets.NOTHING for t in entries)
            yield looks[act.key], act, deleted


def _entries(program: Code, code: FunctionCode, locks: LockSets) -> Iterator[Touch]:
    """The lookups and deletions of entries of maps with a lock held. Map and key, which are one term here, are such as
    all functions of a body name alike: captured variables and what they refer to."""
    keys = Keys(code)
    for register in code.of_kind(ir.Index, ir.Call, ir.SetIndex):
        step = code.code[register]
        deletes = isinstance(step, ir.Call) and code.callee(register) == p.BuiltinCall("delete")
        base, index = step.args if deletes and isinstance(step, ir.Call) else (ir.NONE, ir.NONE)
        if isinstance(step, ir.Index | ir.SetIndex):
            base, index = step.base, step.index
        guards = sections(locks, register)
        if not guards or base == ir.NONE or not isinstance(program.program.underlying(code.type_of(base)), Map):
            continue
        key = (keys.of(base), keys.of(index))
        if all(_is_common(term) for term in key):
            does = Does.READ if isinstance(step, ir.Index) else Does.WRITE
            sets = Sets.VALUE if isinstance(step, ir.SetIndex) else Sets.NOTHING
            what = f"{expression(code, base)}[{expression(code, index)}]"
            place, member = Path(VarRoot(code.body_id, ir.NONE)), member_of(program.program, code, base)
            yield Touch(register, does, place, member, key, guards, NOTHING, what, None, False, sets)


def _is_common(term: object) -> bool:
    """Whether a term means the same in all functions of a body."""
    if not isinstance(term, tuple) or not term:
        return False
    parts = [part for part in term if isinstance(part, tuple)]
    return term[0] in ("variable", "const", "name") or (bool(parts) and all(_is_common(part) for part in parts))


def _looked_at(code: FunctionCode) -> set[int]:
    """What a function compares with nil, or asks a map whether it is there."""
    found: set[int] = set()
    for register in code.of_kind(ir.Binary, ir.Extract):
        step = code.code[register]
        if isinstance(step, ir.Extract):
            found.update((step.tuple,) if step.index == 1 else ())
        elif isinstance(step, ir.Binary) and step.op in ("==", "!="):
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
