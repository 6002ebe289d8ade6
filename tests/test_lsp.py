"""The language server with a client as editors are: a process, standard input and output, the protocol."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls import uris
from pygls.lsp.client import LanguageClient

from govet_py.cli import main
from test_wheel import RACY

QUIET = RACY.replace("seen[key] = true", "_ = seen[key]")
PATIENCE = 180.0


class Editor:
    """A client that remembers what was published and said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("test", "1")
        self.diagnostics: dict[str, list[lsp.Diagnostic]] = {}
        self.published = asyncio.Event()
        self.messages: list[str] = []

        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self._published))
        self.client.feature(lsp.WINDOW_SHOW_MESSAGE)(partial(self._shown))

    def _published(self, parameters: lsp.PublishDiagnosticsParams) -> None:
        self.diagnostics[parameters.uri] = list(parameters.diagnostics)
        self.published.set()

    def _shown(self, parameters: lsp.ShowMessageParams) -> None:
        self.messages.append(parameters.message)
        self.published.set()

    async def start(self, root: Path | None) -> lsp.InitializeResult:
        source = Path(__file__).parent.parent / "src"
        environment = os.environ | {"PYTHONPATH": str(source)}
        await self.client.start_io(sys.executable, "-m", "govet_py", "lsp", "--stdio", env=environment)
        folders = [lsp.WorkspaceFolder(root.as_uri(), root.name)] if root else None
        parameters = lsp.InitializeParams(lsp.ClientCapabilities(), workspace_folders=folders)
        answer = await self.client.initialize_async(parameters)
        self.client.initialized(lsp.InitializedParams())
        return answer

    def uri(self, name: str) -> str:
        return str(uris.from_fs_path(str(self.folder / name)))

    def open(self, name: str) -> None:
        text = (self.folder / name).read_text()
        item = lsp.TextDocumentItem(self.uri(name), lsp.LanguageKind.Go, 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def save(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)
        identifier = lsp.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(lsp.DidSaveTextDocumentParams(identifier))

    async def until(self, wanted: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not wanted():
                self.published.clear()
                await self.published.wait()

    def of(self, name: str) -> list[lsp.Diagnostic]:
        return self.diagnostics.get(self.uri(name), [])

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]


def session(folder: Path, root: Path | None, act: Callable[[Editor], Awaitable[None]]) -> None:
    """Runs a session from its start to its end."""
    async def run() -> None:
        editor = Editor(folder)
        answer = await editor.start(root)
        assert answer.server_info and answer.server_info.name == "govet-py"
        await act(editor)
        await editor.stop()

    asyncio.run(run())


def test_findings_come_with_their_story_and_go_with_their_cause(tmp_path: Path) -> None:
    (tmp_path / "racy.go").write_text(RACY)

    async def act(editor: Editor) -> None:
        await editor.until(lambda: bool(editor.of("racy.go")))
        [race] = editor.of("racy.go")
        assert (race.source, race.code, race.severity) == ("govet-py", "GV101", lsp.DiagnosticSeverity.Error)
        assert race.range == lsp.Range(lsp.Position(8, 17), lsp.Position(8, 26))
        assert race.related_information
        assert [one.message for one in race.related_information] == [
            "[G1] starts a goroutine through wg.Go", "[G1] writes seen without a lock",
        ]
        assert {one.location.uri for one in race.related_information} == {editor.uri("racy.go")}
        editor.open("racy.go")
        editor.save("racy.go", QUIET)
        await editor.until(lambda: not editor.of("racy.go"))
        editor.save("racy.go", RACY)
        await editor.until(lambda: bool(editor.of("racy.go")))

    session(tmp_path, tmp_path, act)


def test_without_a_workspace_the_module_of_the_opened_file_is_scanned(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module m\n\ngo 1.25\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "racy.go").write_text(RACY)
    (tmp_path / "sub" / "sub.go").write_text("package sub\n")

    async def act(editor: Editor) -> None:
        editor.open("sub/sub.go")
        await editor.until(lambda: bool(editor.of("racy.go")))

    session(tmp_path, None, act)


def test_columns_are_utf_16(tmp_path: Path) -> None:
    (tmp_path / "racy.go").write_text(RACY.replace("wg.Go(", "/* 𝔘ü */ wg.Go("))

    async def act(editor: Editor) -> None:
        await editor.until(lambda: bool(editor.of("racy.go")))
        assert editor.of("racy.go")[0].range.start == lsp.Position(8, 17 + len("/* UUü */ "))

    session(tmp_path, tmp_path, act)


def test_a_finding_can_be_accepted_by_a_code_action(tmp_path: Path) -> None:
    (tmp_path / "racy.go").write_text(RACY)

    async def act(editor: Editor) -> None:
        await editor.until(lambda: bool(editor.of("racy.go")))
        editor.open("racy.go")
        identifier = lsp.TextDocumentIdentifier(editor.uri("racy.go"))
        found = editor.of("racy.go")
        answer = await editor.client.text_document_code_action_async(
            lsp.CodeActionParams(identifier, found[0].range, lsp.CodeActionContext(found)),
        )
        assert answer
        [action] = answer
        assert isinstance(action, lsp.CodeAction) and action.edit and action.edit.changes
        [edit] = action.edit.changes[editor.uri("racy.go")]
        lines = RACY.splitlines(keepends=True)
        lines.insert(edit.range.start.line, edit.new_text)
        editor.save("racy.go", "".join(lines))
        await editor.until(lambda: not editor.of("racy.go"))

    session(tmp_path, tmp_path, act)


def test_a_wrong_configuration_is_said(tmp_path: Path) -> None:
    (tmp_path / "racy.go").write_text(RACY)
    (tmp_path / ".govet-py.toml").write_text("colour = 1\n")

    async def act(editor: Editor) -> None:
        await editor.until(lambda: bool(editor.messages))
        assert "unknown key 'colour'" in editor.messages[0]

    session(tmp_path, tmp_path, act)


def test_a_workspace_without_go_is_quiet(tmp_path: Path) -> None:
    async def act(editor: Editor) -> None:
        (tmp_path / "racy.go").write_text(QUIET)
        editor.save("racy.go", RACY)
        await editor.until(lambda: bool(editor.of("racy.go")))
        assert editor.messages == []

    session(tmp_path, tmp_path, act)


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.delitem(sys.modules, "govet_py.language_server", raising=False)
    assert main(["lsp"]) == 2
    assert "pip install 'govet-py[lsp]'" in capsys.readouterr().err
