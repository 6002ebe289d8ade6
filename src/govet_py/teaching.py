"""The tables of `.govet-py.toml` that tell of a project's own functions, records and limits.

    [acts-like]                                               for locks, starts, waits, contexts, ...
    "example.com/pool.Pool.Submit" = "sync.WaitGroup.Go"      arguments at the same places
    "example.com/pool.Pool.Drain" = "sync.WaitGroup.Wait"

    [[records]]                                               for GV602: last element of the import path only
    name = "Route"
    watches = ["routes.Server.Watch"]
    reads = ["routes.Server.Get"]
    ensures = ["routes.Server.Rebuild"]

    [[limits]]                                                for GV601
    name = "the STATEMENT_TIMEOUT hint"
    marks = ["STATEMENT_TIMEOUT("]                            texts in constants that set the limit
    error = "error 57014 (canceling statement)"               how it is told
    numbers = [57014]                                         what the error is known by: any of
    codes = ["canceled"]
    sentinels = ["db.ErrTimeout"]
    text = "canceling statement due to statement timeout"
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from govet_py.errors import UsageError
from govet_py.knowledge.limits import Limit
from govet_py.knowledge.records import Record
from govet_py.knowledge.taught import Taught

TABLES = ("acts-like", "records", "limits")
_RECORD = {"name": str, "watches": list, "reads": list, "ensures": list}
_LIMIT = {"name": str, "marks": list, "error": str, "numbers": list, "codes": list, "sentinels": list, "text": str}
_NEEDED = {"records": ("name", "watches", "ensures"), "limits": ("name", "marks", "error")}


def taught(path: str, table: Mapping[str, Any]) -> Taught:
    """What TABLES of a file say. Raises UsageError for what they must not say."""
    return Taught(
        acts_like=tuple(sorted(_pairs(path, table.get("acts-like", {})))),
        records=tuple(Record(row["name"], *(frozenset(row.get(key, ())) for key in ("watches", "reads", "ensures")))
                      for row in _rows(path, "records", table, _RECORD)),
        limits=tuple(_limit(row) for row in _rows(path, "limits", table, _LIMIT)),
    )


def listing(said: Taught) -> Iterator[str]:
    """What is taught, a line each, as TOML."""
    for name, meaning in said.acts_like:
        yield f"acts-like.{json.dumps(name, ensure_ascii=False)} = {json.dumps(meaning, ensure_ascii=False)}"
    yield from (f"records: {record.name}" for record in said.records)
    yield from (f"limits: {limit.name}" for limit in said.limits)


def _pairs(path: str, pairs: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(pairs, dict) or not all(isinstance(one, str) for one in pairs.values()):
        raise UsageError(f"{path}: acts-like is a table of names and names, not {pairs!r}")
    for name, meaning in pairs.items():
        if "." not in name or "." not in meaning:
            raise UsageError(f"{path}: acts-like: {name if '.' not in name else meaning} is no function: "
                             "import/path.Function or import/path.Type.Method")
        yield name, meaning


def _rows(path: str, key: str, table: Mapping[str, Any], types: Mapping[str, type]) -> Iterator[dict[str, Any]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"{path}: {key} are tables, each begun by [[{key}]]")
    for row in rows:
        for name, value in row.items():
            _check(path, key, name, value, types)
        missing = [name for name in _NEEDED[key] if not row.get(name)]
        if missing:
            raise UsageError(f"{path}: {key}: {row.get('name', 'a table')} lacks {', '.join(missing)}")
        yield row


def _check(path: str, key: str, name: str, value: Any, types: Mapping[str, type]) -> None:
    if name not in types:
        raise UsageError(f"{path}: {key}: unknown key {name!r}; known are {', '.join(types)}")
    of = int if name == "numbers" else str
    fits = isinstance(value, types[name]) and (not isinstance(value, list) or all(type(one) is of for one in value))
    if not fits:
        what = "text" if types[name] is str else "a list of numbers" if of is int else "a list of texts"
        raise UsageError(f"{path}: {key}: {name} is {what}, not {value!r}")


def _limit(row: Mapping[str, Any]) -> Limit:
    return Limit(
        name=row["name"],
        marks=tuple(row["marks"]),
        error=row["error"],
        numbers=frozenset(row.get("numbers", ())),
        codes=frozenset(code.lower() for code in row.get("codes", ())),
        sentinels=frozenset(row.get("sentinels", ())),
        text=row.get("text", "").lower(),
    )
