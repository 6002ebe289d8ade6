"""The part of a frame that races are judged by: what goroutines share there and somebody writes."""

from __future__ import annotations

from govet_py.concurrency.effects.closedness import channel_cell, is_closed
from govet_py.concurrency.effects.frames import Frame
from govet_py.model.concurrency import ELEMENT, EffectKind

ACCESSES = (EffectKind.READ, EffectKind.WRITE)


def contested(frame: Frame) -> Frame | None:
    """The frame with the effects only that races are judged by; None where nothing can race, and nothing is
    sent on what has been closed."""
    shared, written, closed = set(), set(), set()
    for _, effect in frame.effects:
        if effect.strand is not None and effect.kind in ACCESSES:
            shared.add(effect.path)
        if effect.kind == EffectKind.WRITE:
            written.add(effect.path)
            if is_closed(effect.path):
                closed.add(effect.path)
    if closed:
        shared |= closed.intersection(effect.path for _, effect in frame.effects if effect.kind == EffectKind.READ)
    paths = {path for path in shared & written if ELEMENT not in path.fields}
    if not paths:
        return None
    paths.update(channel_cell(path) for path in closed)
    kept = (entry for entry in frame.effects if entry.effect.kind not in ACCESSES or entry.effect.path in paths)
    return Frame(frame.code, frame.locks, [entry for entry in kept if entry.effect.kind != EffectKind.INVOKE])
