"""`govet-py lsp`: the findings of a scan as diagnostics in an editor, over standard input and output.

The workspace is scanned when it is opened and again at each save; a save during a scan gives that scan
up. Diagnostics are of what is on the disk. Protocol: https://microsoft.github.io/language-server-protocol/.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from lsprotocol import types as lsp
from pygls import uris
from pygls.lsp.server import LanguageServer

from govet_py import __version__
from govet_py.apart import ScanApart
from govet_py.cache.store import Store
from govet_py.errors import GovetError, NothingToScan
from govet_py.model.finding import Finding, Report, Severity
from govet_py.model.source import Lines, Site
from govet_py.options import Options
from govet_py.report.escape import safe

SOURCE = "govet-py"
_SAVES_SETTLE = 0.15
_LEVELS = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
Ask = Callable[[tuple[str, ...]], Options]


def serve(ask: Ask, store: Store | None) -> int:
    """Serves one editor until it says exit. `ask` gives the options for a scan of some paths."""
    logging.getLogger("pygls").setLevel(logging.ERROR)
    server(ask, store).start_io()
    return 0


def server(ask: Ask, store: Store | None) -> LanguageServer:
    """The server with all that it answers to."""
    made = LanguageServer("govet-py", __version__)
    scans = _Scans(made, ask, store)

    @made.feature(lsp.INITIALIZED)
    async def initialized(parameters: lsp.InitializedParams) -> None:
        scans.start()

    @made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(parameters: lsp.DidOpenTextDocumentParams) -> None:
        scans.see(parameters.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(parameters: lsp.DidSaveTextDocumentParams) -> None:
        scans.start()

    @made.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def changed(parameters: lsp.DidChangeWatchedFilesParams) -> None:
        scans.start()

    @made.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]))
    def actions(parameters: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = parameters.text_document.uri
        mine = (one for one in parameters.context.diagnostics if one.source == SOURCE)
        return [_acceptance(uri, one, made.workspace.get_text_document(uri).lines) for one in mine]

    @made.feature(lsp.SHUTDOWN)
    async def shutdown(parameters: None) -> None:
        scans.stop()

    return made


class _Scans:
    """One scan at a time; what it finds takes the place of what was published before."""

    def __init__(self, server: LanguageServer, ask: Ask, store: Store | None) -> None:
        self._server = server
        self._store = store
        self._ask = ask
        self._opened: str = ""
        self._running: ScanApart | None = None
        self._task: asyncio.Task[None] | None = None
        self._published: set[str] = set()

    def see(self, uri: str) -> None:
        """A file is shown: its diagnostics are there already when the workspace has been scanned."""
        if self._task is None or (not self._roots() and not self._opened):
            self._opened = _path(uri)
            self.start()

    def start(self) -> None:
        """Scans anew; a scan that runs is of no use any more."""
        self.stop()
        self._task = asyncio.ensure_future(self._scan())

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._running is not None:
            self._running.cancel()

    async def _scan(self) -> None:
        await asyncio.sleep(_SAVES_SETTLE)
        paths = self._paths()
        if not paths:
            return
        try:
            self._running = running = ScanApart(self._ask(paths), self._store)
            report = await asyncio.to_thread(running.result)
        except NothingToScan:
            self._publish({})
        except GovetError as error:
            self._server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, f"govet-py: {error}"))
        else:
            self._publish(diagnostics(report))

    def _paths(self) -> tuple[str, ...]:
        """The folders of the workspace; without one, the module of the file that was opened first."""
        return self._roots() or ((_module(self._opened),) if self._opened else ())

    def _roots(self) -> tuple[str, ...]:
        workspace = self._server.workspace
        uris_ = [folder.uri for folder in workspace.folders.values()] or [workspace.root_uri or ""]
        return tuple(path for uri in uris_ if (path := _path(uri)))

    def _publish(self, found: dict[str, list[lsp.Diagnostic]]) -> None:
        for uri in sorted(self._published - set(found)):
            self._server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))
        for uri, listed in found.items():
            self._server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, listed))
        self._published = set(found)


def diagnostics(report: Report) -> dict[str, list[lsp.Diagnostic]]:
    """The findings of a report by the address of their file."""
    places = _Places(report)
    found: dict[str, list[lsp.Diagnostic]] = {}
    for finding in report.findings:
        found.setdefault(places.uri(finding.site.path), []).append(_diagnostic(finding, places))
    return found


def _diagnostic(finding: Finding, places: _Places) -> lsp.Diagnostic:
    steps = [(f"[G{step.goroutine}] {step.message}" if step.goroutine else step.message, step.site)
             for step in finding.steps]
    others = [(one.message, one.site) for one in finding.related]
    return lsp.Diagnostic(
        range=places.range(finding.site),
        message=safe(f"{finding.message} [{finding.confidence.name.lower()}]"),
        severity=_LEVELS[finding.rule.severity],
        code=finding.rule.id,
        source=SOURCE,
        related_information=[
            lsp.DiagnosticRelatedInformation(places.location(site), safe(message)) for message, site in steps + others
        ],
        data={"fingerprint": finding.fingerprint},
    )


def _acceptance(uri: str, diagnostic: lsp.Diagnostic, lines: Sequence[str]) -> lsp.CodeAction:
    """A comment above the line that accepts the finding; the reason is left to write."""
    line = diagnostic.range.start.line
    text = lines[line] if line < len(lines) else ""
    indent = text[: len(text) - len(text.lstrip())].rstrip("\r\n")
    start = lsp.Position(line, 0)
    comment = f"{indent}//govet:ignore {diagnostic.code} -- TODO: why\n"
    return lsp.CodeAction(
        title=f"Accept {diagnostic.code} here with a reason",
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=[diagnostic],
        edit=lsp.WorkspaceEdit(changes={uri: [lsp.TextEdit(lsp.Range(start, start), comment)]}),
    )


class _Places:
    """Sites as the protocol counts them: lines and UTF-16 code units from 0."""

    def __init__(self, report: Report) -> None:
        self._root = Path(report.root)
        self._lines = {path: Lines(content) for path, content in report.contents.items()}

    def uri(self, path: str) -> str:
        return str(uris.from_fs_path(str(self._root / path)))

    def location(self, site: Site) -> lsp.Location:
        return lsp.Location(self.uri(site.path), self.range(site))

    def range(self, site: Site) -> lsp.Range:
        lines = self._lines.get(site.path) or Lines(b"")
        at = lines.location(site.path, site.span)
        text = lines.text(at.line)
        ends = (_units(text[: column - 1]) for column in (at.column, at.end_column))
        return lsp.Range(*(lsp.Position(at.line - 1, end) for end in ends))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _path(uri: str) -> str:
    """The path of a file's address, "" for what is no file."""
    with suppress(ValueError):
        return uris.to_fs_path(uri) or "" if uri.startswith("file:") else ""
    return ""


def _module(path: str) -> str:
    """The folder of the module that a file is in, else its own."""
    folder = Path(path).parent
    modules: Iterable[Path] = (one for one in (folder, *folder.parents) if (one / "go.mod").is_file())
    return str(next(iter(modules), folder))
