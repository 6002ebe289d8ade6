"""Stage 8: a `Report` to text in one of several formats. Reporters are pure: they open and print nothing."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from govet_py.model.finding import Report
from govet_py.report.look import Look

Reporter = Callable[[Report, Look], str]
FORMATS = ("text", "sarif", "json", "github", "html")
PLAIN = Look()
_MODULES = {"json": "json_", "html": "html_"}
"""What would hide a module of the standard library."""


def render(report: Report, format: str, look: Look = PLAIN) -> str:
    """The report in one of FORMATS.

    A reporter is imported when it is asked for: importing sarif_om takes longer than most small scans.
    """
    name = _MODULES.get(format, format)
    reporter = cast(Reporter, import_module(f"govet_py.report.{name}").render)
    return reporter(report, look)
