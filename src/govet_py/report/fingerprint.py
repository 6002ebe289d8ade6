"""The identity of a finding across commits: no line numbers, nothing of other functions.

Equal identities (two alike races in one function) are told apart by their order in the file, so that
mending one of them leaves one fewer, whichever it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from posixpath import dirname

from govet_py.model.finding import Finding

KEY = "govetpy/v1"
_LITERAL = re.compile(r"\$\d+")


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
    """Rule, package, function and the rule's own words. A literal counts as its function: its number
    changes with every literal before it."""
    package = dirname(finding.site.path)
    return finding.rule.id, package, _LITERAL.sub("$", finding.function), *finding.identity


def _digest(words: tuple[str, ...]) -> str:
    """Lengths keep ("ab", "c") and ("a", "bc") apart."""
    text = "".join(f"{len(word)}:{word}" for word in words)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
