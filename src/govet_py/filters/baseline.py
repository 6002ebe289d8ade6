"""A baseline: a file of findings that are accepted for now, so that only new ones are told.

    {"version": 1, "tool": "govet-py", "findings": [{"fingerprint", "rule", "path", "function", "message"}]}

Only fingerprints are compared; the rest is for people who read the file or a change of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from govet_py.errors import UsageError
from govet_py.model.finding import Finding, Report

VERSION = 1
_FINGERPRINT = re.compile(r"[0-9a-f]{32}\Z")


class Entry(NamedTuple):
    """One accepted finding; in the order of the file: by path, rule and fingerprint."""

    path: str
    rule: str
    fingerprint: str
    function: str
    message: str


def entries(report: Report) -> tuple[Entry, ...]:
    """The active findings of a report, with paths from the repository's root."""
    return tuple(sorted(_entry(finding, report.prefix) for finding in report.findings))


def written(listed: Iterable[Entry]) -> str:
    """The file: equal findings give equal bytes."""
    rows = [
        {"fingerprint": one.fingerprint, "rule": one.rule, "path": one.path, "function": one.function,
         "message": one.message}
        for one in sorted(listed)
    ]
    return json.dumps({"version": VERSION, "tool": "govet-py", "findings": rows}, indent=2) + "\n"


def read(path: str) -> tuple[Entry, ...]:
    """The entries of a baseline file. Raises UsageError when it cannot be read or is none."""
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
    except OSError as error:
        raise UsageError(f"cannot read the baseline {path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not a baseline: {error}") from error
    return tuple(sorted(_read_entry(path, row) for row in _rows(path, document)))


def _entry(finding: Finding, prefix: str) -> Entry:
    return Entry(prefix + finding.site.path, finding.rule.id, finding.fingerprint, finding.function, finding.message)


def _rows(path: str, document: Any) -> list[Any]:
    if not isinstance(document, dict) or document.get("tool") != "govet-py":
        raise UsageError(f"{path} is not a baseline: 'govet-py baseline create' makes one")
    if document.get("version") != VERSION:
        raise UsageError(f"{path} is a baseline of version {document.get('version')!r}, not {VERSION}: make a new one")
    rows = document.get("findings")
    if not isinstance(rows, list):
        raise UsageError(f"{path} is not a baseline: it has no list of findings")
    return rows


def _read_entry(path: str, row: Any) -> Entry:
    words = [row.get(name) for name in Entry._fields] if isinstance(row, dict) else []
    strings = [word for word in words if isinstance(word, str)]
    if len(strings) != len(Entry._fields) or not _FINGERPRINT.match(row["fingerprint"]):
        raise UsageError(f"{path} is not a baseline: bad entry {json.dumps(row)[:100]}")
    return Entry(*strings)
