"""The rules. A check is a module with a `RULE` and a function `run`; `ALL` is the list of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from govet_py.checks import (
    captured_race,
    context_ignored,
    context_lifetime,
    context_value_dropped,
    expected_timeout_is_fatal,
    field_race,
    fresh_context,
    lossy_fan_in,
    map_race,
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
    context_value_dropped,
    fresh_context,
    context_ignored,
    context_lifetime,
    lossy_fan_in,
    expected_timeout_is_fatal,
    watch_before_ensure,
)
