"""Meetings of what an object's own goroutine does with what is done to the object beside it."""

from __future__ import annotations

from typing import NamedTuple

from govet_py.callgraph.code import Code
from govet_py.model import ir
from govet_py.model.concurrency import CELL, Effect, EffectKind, LockMode, ReturnRoot
from govet_py.model.source import Site
from govet_py.model.types import Named

Fields = tuple[str, ...]
Locks = frozenset[tuple[Fields, LockMode]]


class Use(NamedTuple):
    """An access of `fields` of an object of some type, by `function` or what it calls, with locks relative
    to the object. `signals`: what ends the goroutine in the background, or what the foreground has waited for.
    `only_tells`: the function returns what it reads, and does nothing else."""

    function: str
    effect: Effect
    locks: Locks
    signals: frozenset[Fields]
    only_tells: bool = False


Uses = dict[tuple[Named, Fields], list[Use]]


class Encounter(NamedTuple):
    """A use in the background of an object of type `owner` and one in the foreground, one of them a write,
    with no common lock. `others` are more foreground uses of the same fields. `early`: the foreground rather comes
    before the goroutine; `lent`: some callers hold the lock for it, as all of them may."""

    owner: Named
    fields: Fields
    background: Use
    foreground: Use
    others: tuple[Use, ...]
    early: bool = False
    lent: bool = False

    @property
    def is_cell(self) -> bool:
        """Reports whether a field itself is meant, not the map in it."""
        return self.fields[-1:] == (CELL,)

    @property
    def sites(self) -> tuple[Site, ...]:
        """Where the accesses are."""
        return tuple(use.effect.site for use in (self.background, self.foreground, *self.others))

    @property
    def write(self) -> Use:
        """The one that writes, the foreground if both do."""
        return self.foreground if self.foreground.effect.kind == EffectKind.WRITE else self.background


def equips(program: Code, use: Use, background: list[Use]) -> bool:
    """Whether a field is given, without a lock, what goroutines only read that some method starts, not the
    constructor: whoever makes the two calls rather equips the object first."""
    reads = all(one.effect.kind == EffectKind.READ for one in background)
    started = any(isinstance(one.effect.path.root, ReturnRoot) for one in background)
    if started or not reads or use.effect.locks or "$" in use.function:
        return False
    code = program.enclosing(use.effect.site)
    return code is not None and any(
        isinstance(step := code.code[at], ir.SetField)
        and not isinstance(code.code[code.source(step.value)], ir.Const | ir.Name)
        for at in code.of_kind(ir.SetField)
        if code.site(at) == use.effect.site
    )


def meeting(background: list[Use], foreground: list[Use]) -> tuple[Use, Use, tuple[Use, ...]] | None:
    """The nearest two uses that meet."""
    spoken: dict[Site, Use] = {}
    inner = {use.effect.site for use in background}
    for use in sorted(foreground, key=lambda use: (length_of(use), use.function)):
        if use.effect.site not in inner:
            spoken.setdefault(use.effect.site, use)
    pairs = [
        (one, other)
        for one in background
        for other in spoken.values()
        if EffectKind.WRITE in (one.effect.kind, other.effect.kind)
        and not is_protected(one.locks, other.locks)
        and one.signals.isdisjoint(other.signals)
        and not (one.signals and other.only_tells)
    ]
    if not pairs:
        return None
    best = min(pairs, key=_rank)
    rest = tuple(dict.fromkeys(other for _, other in pairs if other != best[1]))
    return (*best, rest)


def _rank(pair: tuple[Use, Use]) -> tuple[bool, int, Site]:
    """What is certain first, then what is near."""
    one, other = pair
    certain = one.effect.certain and other.effect.certain
    return (not certain, length_of(one) + length_of(other), other.effect.site)


def is_protected(one: Locks, other: Locks) -> bool:
    held = dict(other)
    return any(fields in held and LockMode.WRITE in (mode, held[fields]) for fields, mode in one)


def length_of(use: Use) -> int:
    length, trace = 0, use.effect.trace
    while trace is not None:
        length, trace = length + 1, trace.inner
    return length
