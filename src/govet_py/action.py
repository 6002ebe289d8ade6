"""The GitHub Action: inputs from the environment, one scan, and all that a workflow can show of it.

`action.yml` runs this as `python -m govet_py.action`. Findings do not fail it: its output `exit-code` does, in
the action's last step, when everything else has had its chance. Nothing here asks GitHub for anything.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
import uuid
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from govet_py.commands import exit_code, tell_notices
from govet_py.configuration import CONFIDENCES, LEVELS, configuration
from govet_py.configuration import options as configured_options
from govet_py.errors import GovetError, RevisionError, UsageError
from govet_py.model.finding import Report, State
from govet_py.options import Options
from govet_py.output import write_file
from govet_py.report import markdown, render
from govet_py.report.look import Look
from govet_py.scanning import scan
from govet_py.source.given import folders

PREFIX = "GOVET_"
CRASH = 3


def main(environment: Mapping[str, str] = os.environ) -> int:
    """Always 0 when the outputs are written: `exit-code` among them says how the scan ended."""
    try:
        outputs = run(environment)
    except GovetError as error:
        print(f"::error title=govet-py::{_data(str(error))}")
        outputs = {"exit-code": str(error.exit_code)}
    except Exception:  # a crash must not look like a scan without findings
        print(f"::error title=govet-py::{_data(traceback.format_exc())}")
        outputs = {"exit-code": str(CRASH)}
    _append(environment, "GITHUB_OUTPUT", "".join(f"{name}={_line(value)}\n" for name, value in outputs.items()))
    return 0


def run(environment: Mapping[str, str]) -> dict[str, str]:
    """Scans, shows and gives the action's outputs. Raises GovetError for what ends the scan."""
    options = _options(environment)
    report = _scan(options, environment)
    sarif = _input(environment, "sarif-file") or str(Path(environment.get("RUNNER_TEMP", ".")) / "govet-py.sarif")
    write_file(sarif, render(report, "sarif", Look(category=options.category)))
    _show(report, environment)
    known = sum(one.disposition.state is State.KNOWN for one in report.hidden)
    return {
        "sarif-file": sarif,
        "findings": str(len(report.findings) + known),
        "new-findings": str(len(report.findings)),
        "exit-code": str(exit_code(report, options)),
    }


def _options(environment: Mapping[str, str]) -> Options:
    paths = folders(_list(_input(environment, "paths"), "\n")) or (".",)
    given: dict[str, Any] = {
        "select": _list(_input(environment, "select"), ",") or None,
        "ignore": _list(_input(environment, "ignore"), ",") or None,
        "min-confidence": _choice(environment, "min-confidence", tuple(CONFIDENCES)),
        "fail-on": _choice(environment, "fail-on", tuple(LEVELS)),
    }
    configured = configuration(paths, _input(environment, "config") or None)
    category = _input(environment, "category") or "govet-py"
    return configured_options(given, configured, paths=paths, category=category, new_from=_base(environment))


def _scan(options: Options, environment: Mapping[str, str]) -> Report:
    """A comparison that nobody asked for in so many words must not be the reason to report nothing."""
    try:
        return scan(options)
    except RevisionError as error:
        if _input(environment, "only-new") == "true":
            raise
        told = f"all findings are reported, not only new ones: {error}"
        print(f"::warning title=govet-py::{_data(told)}")
        return scan(replace(options, new_from=None))


def _base(environment: Mapping[str, str]) -> str | None:
    """The revision to compare with: the input, or that of the pull request or merge group."""
    wanted = _choice(environment, "only-new", ("auto", "true", "false")) or "auto"
    base = _input(environment, "base-ref") or _base_of_event(environment)
    if wanted == "false" or (wanted == "auto" and not base):
        return None
    if not base:
        raise UsageError("only-new: this event has no base; name one with base-ref")
    return base


def _base_of_event(environment: Mapping[str, str]) -> str:
    try:
        event = json.loads(Path(environment.get("GITHUB_EVENT_PATH", "")).read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    if not isinstance(event, dict):
        return ""
    pull_request, merge_group = event.get("pull_request"), event.get("merge_group")
    if isinstance(pull_request, dict) and isinstance(pull_request.get("base"), dict):
        return str(pull_request["base"].get("sha") or "")
    return str(merge_group.get("base_sha") or "") if isinstance(merge_group, dict) else ""


def _show(report: Report, environment: Mapping[str, str]) -> None:
    look = Look(prefix=report.prefix)
    token = uuid.uuid4().hex  # code under scan must not be able to write workflow commands
    print(f"::stop-commands::{token}\n{render(report, 'text', look)}\n::{token}::")
    if _input(environment, "annotations") != "false":
        print(render(report, "github", look), end="")
    sys.stdout.flush()
    tell_notices(report)
    if _input(environment, "summary") != "false":
        _append(environment, "GITHUB_STEP_SUMMARY", markdown.render(report, _blob(environment)))


def _blob(environment: Mapping[str, str]) -> str:
    server, repository, sha = (environment.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    return f"{server}/{repository}/blob/{sha}/" if server and repository and sha else ""


def _append(environment: Mapping[str, str], name: str, text: str) -> None:
    path = environment.get(name)
    if path:
        with open(path, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)


def _input(environment: Mapping[str, str], name: str) -> str:
    return environment.get(PREFIX + name.upper().replace("-", "_"), "").strip()


def _choice(environment: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str | None:
    value = _input(environment, name)
    if value and value not in choices:
        raise UsageError(f"input {name} is one of {', '.join(choices)}, not {value!r}")
    return value or None


def _list(text: str, separator: str) -> tuple[str, ...]:
    """One item a line or, for lists of words, also separated by commas."""
    return tuple(part.strip() for part in text.replace(separator, "\n").splitlines() if part.strip())


def _line(value: str) -> str:
    """An output's value: a line end in it would start another output."""
    return " ".join(value.splitlines())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


if __name__ == "__main__":
    sys.exit(main())
