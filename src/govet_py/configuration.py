"""`.govet-py.toml`: what a project sets for all its scans. What the command line says wins.

    select = ["GV101", "lock-order"]        rules to run, by id or name; all when it is missing
    ignore = ["GV502"]                      rules not to run
    min-confidence = "high"                 high, medium or low
    fail-on = "error"                       error, warning, note or never
    paths-ignore = ["go/vt/legacy/**"]      globs, from the file's own folder: findings there are not told
    tests = true                            scan test files too
    tags = ["integration"]                  build tags that hold

And the tables of `teaching`: what functions, records and limits of the project mean.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from govet_py import teaching
from govet_py.errors import UsageError
from govet_py.knowledge.taught import NOTHING, Taught
from govet_py.model.finding import Confidence, Severity
from govet_py.options import Options

NAME = ".govet-py.toml"
LEVELS = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE, "never": None}
CONFIDENCES = {"high": Confidence.HIGH, "medium": Confidence.MEDIUM, "low": Confidence.LOW}
DEFAULTS: Mapping[str, Any] = {
    "select": (), "ignore": (), "min-confidence": "medium", "fail-on": "note", "paths-ignore": (), "tests": False,
    "tags": (),
}
_KEYS = (*DEFAULTS, *teaching.TABLES)
_CHOICES: Mapping[str, Sequence[str]] = {"min-confidence": tuple(CONFIDENCES), "fail-on": tuple(LEVELS)}
_MEANS: Mapping[str, Mapping[str, Any]] = {"min-confidence": CONFIDENCES, "fail-on": LEVELS}


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a file sets, by key, with the types of DEFAULTS. `path` is "" when there is no file."""

    path: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    taught: Taught = NOTHING


def configuration(paths: Sequence[str], file: str | None) -> Configuration:
    """That of `file`, else of the nearest NAME above the scanned paths, up to the root of the repository.
    Raises UsageError for a file that cannot be read or says what it must not."""
    found = Path(os.path.abspath(file)) if file is not None else _nearest(paths)
    if found is None:
        return Configuration()
    table = _read(found)
    values = {key: _value(found, key, value) for key, value in table.items() if key not in teaching.TABLES}
    return Configuration(str(found), values, teaching.taught(str(found), table))


def in_force(given: Mapping[str, Any], configured: Configuration) -> dict[str, tuple[Any, str]]:
    """By key: the value that holds and where it is from. `given` is the command line, None where it is silent."""
    values = {}
    for key, default in DEFAULTS.items():
        if given.get(key) is not None:
            values[key] = (given[key], "command line")
        elif key in configured.values:
            values[key] = (configured.values[key], configured.path)
        else:
            values[key] = (default, "default")
    if given.get("select") is not None and given.get("ignore") is None:
        values["ignore"] = ((), "command line: --select sets it aside")
    return values


def options(given: Mapping[str, Any], configured: Configuration, **rest: Any) -> Options:
    """The options of a scan: those of `in_force`, and `rest` that no file sets."""
    held: dict[str, Any] = {}
    for key, (value, _) in in_force(given, configured).items():
        held[key.replace("-", "_")] = _MEANS[key][value] if key in _MEANS else value
    folder = _literal(Path(configured.path).parent.as_posix()) if configured.path else ""
    held["paths_ignore"] = tuple(f"{folder.rstrip('/')}/{glob.removeprefix('./')}" for glob in held["paths_ignore"])
    return Options(**held, taught=configured.taught, **rest)


def listing(given: Mapping[str, Any], configured: Configuration) -> str:
    """What is in force, as TOML, each line with where it is from."""
    lines = []
    for key, (value, origin) in in_force(given, configured).items():
        written = f"{key} = {json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)}"
        lines.append(f"{written:40}  # {origin}\n")
    lines += [f"{line:40}  # {configured.path}\n" for line in teaching.listing(configured.taught)]
    return "".join(lines)


def _nearest(paths: Sequence[str]) -> Path | None:
    absolute = [os.path.abspath(path) for path in paths]
    try:
        start = Path(os.path.commonpath([path if os.path.isdir(path) else os.path.dirname(path) for path in absolute]))
    except ValueError:
        return None
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if os.path.lexists(folder / ".git"):
            return None
    return None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise UsageError(f"{path}: {error}") from error


def _value(path: Path, key: str, value: Any) -> Any:
    if key not in DEFAULTS:
        raise UsageError(f"{path}: unknown key {key!r}{_suggestion(key)}; known are {', '.join(_KEYS)}")
    default = DEFAULTS[key]
    if key in _CHOICES:
        if value not in _CHOICES[key]:
            raise UsageError(f"{path}: {key} is one of {', '.join(_CHOICES[key])}, not {value!r}")
    elif isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise UsageError(f"{path}: {key} is a list of strings, not {value!r}")
        return tuple(value)
    elif not isinstance(value, bool):
        raise UsageError(f"{path}: {key} is true or false, not {value!r}")
    return value


def _suggestion(key: str) -> str:
    close = get_close_matches(key.lower().replace("_", "-"), _KEYS, n=1, cutoff=0.6)
    return f", did you mean {close[0]!r}?" if close else ""


def _literal(folder: str) -> str:
    """A path in which no character is a glob's."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in folder)
