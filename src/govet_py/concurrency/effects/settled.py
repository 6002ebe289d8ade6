"""Accesses that a critical section before them has settled."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from govet_py.model.concurrency import Effect, EffectKind, Path
from govet_py.model.source import Site


class FrameEffect(NamedTuple):
    """An effect and the instruction, of the function at hand, through which it comes about."""

    anchor: int
    effect: Effect


def without_settled(
    effects: list[FrameEffect], updates: AbstractSet[Site], late: AbstractSet[str]
) -> list[FrameEffect]:
    """Drops reads that are settled by a critical section before them: one that looks whether a variable was
    set and sets it if not. Whoever has come through it has taken the lock since the write. `updates`: the writes
    whose value is computed from the old one: they happen again and again, and settle nothing. `late`: the fields that
    only their object's maker sets: whoever has looked at one with the lock may look again without."""
    settled: dict[Path, int] = {}
    tested: dict[Path, list[FrameEffect]] = {}
    for entry in effects:
        effect = entry.effect
        if not effect.locks or effect.strand is not None or not effect.path.is_cell:
            continue
        if effect.kind == EffectKind.READ:
            tested.setdefault(effect.path, []).append(entry)
            if effect.path.fields[-2:-1] and effect.path.fields[-2] in late:
                settled.setdefault(effect.path, entry.anchor)
        elif effect.kind == EffectKind.WRITE and effect.site not in updates:
            if any(e.effect.locks & effect.locks for e in tested.get(effect.path, ())):
                settled.setdefault(effect.path, entry.anchor)
    return (
        [
            entry
            for entry in effects
            if entry.effect.kind != EffectKind.READ or entry.anchor <= settled.get(entry.effect.path, entry.anchor)
        ]
        if settled
        else effects
    )
