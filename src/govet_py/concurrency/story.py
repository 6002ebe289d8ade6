"""How a finding is told: the steps that lead one goroutine to an access."""

from __future__ import annotations

from govet_py.concurrency.frames import FrameEffect
from govet_py.model.concurrency import EffectKind
from govet_py.model.finding import Step

_VERBS = {EffectKind.READ: "reads", EffectKind.WRITE: "writes", EffectKind.INVOKE: "runs"}


def steps_of(entry: FrameEffect, goroutine: int) -> tuple[Step, ...]:
    """The calls and starts from the frame's function down to the access, then the access."""
    effect = entry.effect
    steps: list[Step] = []
    trace = effect.trace
    while trace is not None:
        steps.append(Step(trace.site, trace.message, goroutine, len(steps)))
        trace = trace.inner
    locks = "" if effect.locks else " without a lock"
    steps.append(Step(effect.site, f"{_VERBS[effect.kind]} {effect.what}{locks}", goroutine, len(steps)))
    return tuple(steps)
