"""Which rules run: `--select` and `--ignore` name them by id or name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from govet_py.errors import UsageError
from govet_py.model.finding import Rule


def selected(rules: Sequence[Rule], select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules to run, in their own order. Raises UsageError for an unknown word, or if none is left."""
    wanted = {find(rules, word).id for word in select} or {rule.id for rule in rules}
    wanted -= {find(rules, word).id for word in ignore}
    if not wanted:
        raise UsageError("no rule is left to run: --ignore names every rule that --select does")
    return tuple(rule for rule in rules if rule.id in wanted)


def find(rules: Sequence[Rule], word: str) -> Rule:
    """The rule with this id or name, in any case, with or without hyphens (SARIF calls
    map-race MapRace). Raises UsageError with a suggestion when there is none."""
    key = word.strip().lower()
    for rule in rules:
        if key.replace("-", "") in (rule.id.lower(), rule.name.replace("-", "")):
            return rule
    raise UsageError(f"unknown rule {word!r}{_suggestion(rules, key)}; 'govet-py rules' lists all rules")


def _suggestion(rules: Sequence[Rule], key: str) -> str:
    known = [name for rule in rules for name in (rule.name, rule.id.lower())]
    close = get_close_matches(key, known, n=1, cutoff=0.6)
    if not close:
        return ""
    rule = next(rule for rule in rules if close[0] in (rule.name, rule.id.lower()))
    return f", did you mean {rule.name} ({rule.id})?"
