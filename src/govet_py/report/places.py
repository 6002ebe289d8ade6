"""Sites to lines and columns, with each file's line table made once."""

from __future__ import annotations

from govet_py.model.finding import Report
from govet_py.model.source import Lines, Location, Site


class Places:
    """The places of one report, `prefix` before each path. Sites in files without content are at 1:1."""

    def __init__(self, report: Report, prefix: str = "") -> None:
        self._contents = report.contents
        self._prefix = prefix
        self._lines: dict[str, Lines] = {}

    def location(self, site: Site) -> Location:
        return self._of(site.path).location(self._prefix + site.path, site.span)

    def text(self, location: Location) -> str:
        """The source line of a location."""
        return self._of(location.path.removeprefix(self._prefix)).text(location.line)

    def _of(self, path: str) -> Lines:
        lines = self._lines.get(path)
        if lines is None:
            lines = self._lines[path] = Lines(self._contents.get(path, b""))
        return lines
