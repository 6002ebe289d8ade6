"""The identity of a finding across commits: no line numbers, no names of locals, nothing of other functions.

Equal identities (two alike races in one function) are told apart by their order in the file, so that
mending one of them leaves one fewer, whichever it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from posixpath import dirname

from govet_py.model.finding import Finding

KEY = "govetpy/v1"
_LITERAL = re.compile(r"\$\d+")
_LOCAL = re.compile(r"^[a-z_]\w*(?=$|[.\[])")
_VERBS = frozenset({"read", "write", "written"})


def stamped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that are in order, with their fingerprints."""
    ordered = tuple(findings)
    prints = fingerprints(ordered)
    return tuple(replace(one, fingerprint=print_) for one, print_ in zip(ordered, prints, strict=True))


def fingerprints(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The fingerprints of findings that are in order: 32 hexadecimal digits each, all different."""
    seen: Counter[tuple[str, ...]] = Counter()
    result = []
    for finding in findings:
        words = identity(finding)
        result.append(_digest((*words, str(seen[words]))))
        seen[words] += 1
    return tuple(result)


def identity(finding: Finding) -> tuple[str, ...]:
    """Rule, function (which names its package) and the rule's own words. A literal counts as its function:
    its number changes with every literal before it. Nothing depends on what else is scanned."""
    function = _LITERAL.sub("$", finding.function) or dirname(finding.site.path)
    return finding.rule.id, function, *(_lasting(word) for word in finding.identity)


def _lasting(word: str) -> str:
    """A word without its first name in lower case, which may be a local's and so be renamed:
    `conn.cache` is `.cache`, `seen` is nothing, `a.io/pkg.Type.field` keeps what tells it apart."""
    return word if word in _VERBS else _LOCAL.sub("", word)


def _digest(words: tuple[str, ...]) -> str:
    """Lengths keep ("ab", "c") and ("a", "bc") apart."""
    text = "".join(f"{len(word)}:{word}" for word in words)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
