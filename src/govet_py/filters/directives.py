"""Comments by which people accept findings, as they write them:

    //govet:ignore GV101,map-race -- reason        any rule of ours, by id or name; `//` may stand for `--`
    //nolint:errcheck,govetpy // reason            golangci-lint's way: all rules of ours
    //lint:ignore GV101 reason                     staticcheck's way; //lint:file-ignore is for the whole file

A comment that names none of our rules is another tool's and none of our business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from govet_py.model.declarations import Directive
from govet_py.model.finding import Rule

_OURS = re.compile(r"govet:ignore(?:\s|$)")
_WHY = re.compile(r"--|//")
_NOLINT = re.compile(r"nolint:(?P<rules>[\w\-]+(?:\s*,\s*[\w\-]+)*)\s*(?://\s*(?P<reason>.*))?", re.DOTALL)
_LINT = re.compile(r"lint:(?P<scope>ignore|file-ignore)\s+(?P<rules>\S+)\s*(?P<reason>.*)$", re.DOTALL)
_TOOL = frozenset({"govetpy", "govet-py"})
_ID = re.compile(r"gv\d+\Z", re.IGNORECASE)


class Ignore(NamedTuple):
    """What a directive accepts: rules by id, or all when `every`. `unknown`: words that name no rule."""

    rules: frozenset[str]
    every: bool
    reason: str
    whole_file: bool = False
    unknown: tuple[str, ...] = ()


def read(directive: Directive, rules: Iterable[Rule]) -> Ignore | None:
    """What a directive asks of us, or None when it speaks to other tools only."""
    ids = {word: rule.id for rule in rules for word in (rule.id.lower(), rule.name, rule.pascal_name.lower())}
    text = directive.text
    if match := _OURS.match(text):
        listed, reason = _split(text[match.end():])
        return _ignore(_words(listed), reason, ids)
    if match := _NOLINT.match(text):
        ours = bool(_TOOL & {word.lower() for word in _words(match["rules"])})
        return Ignore(frozenset(), True, _joined(match["reason"] or "")) if ours else None
    if match := _LINT.match(text):
        words = [word for word in _words(match["rules"]) if word.lower() in {*ids, *_TOOL} or _ID.match(word.lower())]
        ignore = _ignore(words, match["reason"], ids)
        return ignore._replace(whole_file=match["scope"] == "file-ignore") if words else None
    return None


def _ignore(words: list[str], reason: str, ids: Mapping[str, str]) -> Ignore:
    asked = {word.lower(): word for word in words}
    unknown = tuple(word for key, word in asked.items() if key not in ids and key not in _TOOL)
    known = frozenset(ids[key] for key in asked if key in ids)
    return Ignore(known, bool(_TOOL & asked.keys()), _joined(reason), unknown=unknown)


def _split(text: str) -> tuple[str, str]:
    """The rules and the reason of our own form."""
    why = _WHY.search(text)
    return (text[:why.start()], text[why.end():]) if why else (text, "")


def _words(listed: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", listed) if word]


def _joined(reason: str) -> str:
    return " ".join(reason.split())
