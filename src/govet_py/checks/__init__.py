"""The rules. A check is a module with a `RULE` and a function `run`; `ALL` is the list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from govet_py.checks import (
    blocked_sender,
    captured_race,
    check_then_act,
    context_ignored,
    context_lifetime,
    context_value_dropped,
    double_close,
    double_lock,
    expected_timeout_is_fatal,
    field_race,
    fresh_context,
    goroutine_leak,
    lock_held_while_blocking,
    lock_order,
    lossy_fan_in,
    lost_cancel,
    map_race,
    missing_unlock,
    waitgroup_misuse,
    watch_before_ensure,
)
from govet_py.concurrency.facts import Facts
from govet_py.model.finding import Finding, Rule


class Check(Protocol):
    """What the pipeline knows of a rule's module."""

    RULE: Rule

    def run(self, facts: Facts) -> Iterator[Finding]:
        """All findings of the rule in a program, of any confidence, in any order."""
        ...


ALL: tuple[Check, ...] = (
    map_race,
    captured_race,
    field_race,
    check_then_act,
    context_value_dropped,
    fresh_context,
    lost_cancel,
    context_lifetime,
    context_ignored,
    lossy_fan_in,
    blocked_sender,
    double_close,
    double_lock,
    lock_order,
    lock_held_while_blocking,
    missing_unlock,
    waitgroup_misuse,
    goroutine_leak,
    expected_timeout_is_fatal,
    watch_before_ensure,
)


@dataclass(slots=True)
class Part:
    """A part of a rule that needs effects, which the rest of it does without."""

    RULE: Rule
    run: Callable[[Facts], Iterator[Finding]]


WITH_EFFECTS: tuple[Part, ...] = (
    Part(double_close.RULE, double_close.run_with_effects),
    Part(waitgroup_misuse.RULE, waitgroup_misuse.run_with_effects),
)

NEED_EFFECTS: tuple[Check, ...] = (map_race, captured_race, field_race)
"""The rules that ask for races or summaries, which take as long as all other facts together."""

NEED_INVOCATIONS: tuple[Check, ...] = (lock_held_while_blocking,)
"""The rules that ask for the callbacks which functions run, and nothing else of their summaries."""

LAST_TO_ASK = {
    "GV104": ("atomicity", "touches"),
    "GV402": ("critical", "lock_order"),
    "GV502": ("runs",),
    "GV602": ("start_up",),
}
"""By rule the large facts that no later rule asks for."""
