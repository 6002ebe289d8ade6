"""The cache: it saves work, changes no finding, trusts nobody, and never gets in the way."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from govet_py import parsing
from govet_py.cache import keys
from govet_py.cache.codec import Damaged, decoded, encoded
from govet_py.cache.folder import Unusable, prepared, wanted
from govet_py.cache.store import MAGIC, Store
from govet_py.cli import main
from govet_py.model.finding import Report
from govet_py.model.source import SourceFile
from govet_py.options import Options
from govet_py.parsing import Kept
from govet_py.pipeline import analyse
from govet_py.source.discover import discover
from govet_py.syntax import parse
from racy import FILL

Captured = pytest.CaptureFixture[str]
KEY = keys.digest([b"key"])
OTHER = keys.digest([b"other"])
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="asks for POSIX modes")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(prepared(tmp_path / "cache"))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "fill.go").write_text(FILL)
    (folder / "other.go").write_text("package racy\n\nfunc Other() int { return 1 }\n")
    return folder


def scan(tree: Path, store: Store | None, **options: object) -> Report:
    return analyse(Options(paths=(str(tree),), jobs=1, **options), store=store)  # type: ignore[arg-type]


def told(report: Report) -> object:
    return report.findings, report.hidden, report.notices, report.contents


def was_cached(report: Report) -> bool:
    return "parse and lower" not in report.statistics.seconds


def only_entry(store: Store) -> Path:
    [entry] = store.entries()
    return entry.path


# -- scans ------------------------------------------------------------------------------------------


def test_nothing_changed_is_not_analysed_again(tree: Path, store: Store) -> None:
    cold = scan(tree, store)
    warm = scan(tree, store)
    assert cold.findings
    assert not was_cached(cold) and was_cached(warm)
    assert told(warm) == told(cold) == told(scan(tree, None))


def test_only_what_changed_is_parsed_again(tree: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    scan(tree, store)
    parsed: list[str] = []

    def watched(file: SourceFile, content: bytes) -> object:
        parsed.append(file.path)
        return parse(file, content)

    monkeypatch.setattr("govet_py.parsing.parse", watched)
    (tree / "other.go").write_text("package racy\n\nfunc Other() int { return 2 }\n")
    report = scan(tree, store)
    assert parsed == ["other.go"]
    assert told(report) == told(scan(tree, None))


def test_contents_count_and_not_times(tree: Path, store: Store) -> None:
    scan(tree, store)
    path = tree / "fill.go"
    before = path.stat()
    path.write_text(FILL.replace("go func", "   func"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert told(scan(tree, store)) == told(scan(tree, None))


def test_the_same_tree_elsewhere_is_known(tree: Path, store: Store) -> None:
    scan(tree, store)
    (tree.parent / "elsewhere").mkdir()
    moved = tree.rename(tree.parent / "elsewhere" / "tree")
    report = scan(moved, store)
    assert was_cached(report)
    assert report.root == str(moved)


@pytest.mark.parametrize("asked", [{"select": ("GV101",)}, {"ignore": ("GV101",)}, {"tags": ("linux",)}])
def test_options_that_matter_are_told_apart(tree: Path, store: Store, asked: Mapping[str, object]) -> None:
    scan(tree, store)
    assert told(scan(tree, store, **asked)) == told(scan(tree, None, **asked))


def test_another_version_of_the_tool_reads_nothing_of_this_one(
    tree: Path, store: Store, monkeypatch: pytest.MonkeyPatch,
) -> None:
    scan(tree, store)
    monkeypatch.setattr("govet_py.cache.results.identity", lambda: "another version")
    assert not was_cached(scan(tree, store))


def test_the_tool_is_its_source_and_its_python(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = keys.identity()
    monkeypatch.setattr(sys, "version", "3.99")
    assert keys.identity() != mine


def test_a_failure_is_not_kept(tree: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govet_py.checks.map_race.run", lambda facts: iter([1 // 0]))
    assert [notice.kind for notice in scan(tree, store).notices] == ["internal-error"]
    monkeypatch.undo()
    assert scan(tree, store).findings


def test_an_edit_during_the_scan_spoils_nothing(tree: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def edited(file: SourceFile, content: bytes) -> object:
        (tree / "fill.go").write_text("package racy\n")
        return parse(file, content)

    monkeypatch.setattr("govet_py.parsing.parse", edited)
    scan(tree, store)
    monkeypatch.undo()
    assert not scan(tree, store).findings
    (tree / "fill.go").write_text(FILL)
    assert told(scan(tree, store)) == told(scan(tree, None))


# -- entries ----------------------------------------------------------------------------------------


def test_an_entry_comes_back(store: Store) -> None:
    assert store.load(KEY) is None
    store.save(KEY, ("value", 1))
    assert store.load(KEY) == ("value", 1)
    assert store.load(OTHER) is None


@pytest.mark.parametrize("damage", [
    lambda whole: b"",
    lambda whole: whole[:-1],
    lambda whole: whole[:len(MAGIC) + 5],
    lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
    lambda whole: whole + b"x",
    lambda whole: whole.replace(MAGIC, b"govet-py 0\n"),
    lambda whole: os.urandom(len(whole)),
])
def test_a_damaged_or_older_entry_is_ignored_and_rewritten(store: Store, damage: object) -> None:
    store.save(KEY, "value")
    path = only_entry(store)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert store.load(KEY) is None
    store.save(KEY, "value")
    assert store.load(KEY) == "value"


def test_an_entry_under_another_name_is_ignored(store: Store) -> None:
    store.save(KEY, "value")
    store.save(OTHER, "other")
    here, there = (store.folder / key[:2] / key[2:] for key in (KEY, OTHER))
    there.write_bytes(here.read_bytes())
    assert store.load(OTHER) is None


def test_damage_anywhere_changes_no_finding(tree: Path, store: Store) -> None:
    scan(tree, store)
    for entry in store.entries():
        entry.path.write_bytes(entry.path.read_bytes()[:-20])
    report = scan(tree, store)
    assert not was_cached(report)
    assert told(report) == told(scan(tree, None))
    assert was_cached(scan(tree, store))


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 1",)


@pytest.mark.parametrize("content", [pickle.dumps(Evil()), pickle.dumps(Path("/")), pickle.dumps(os.getcwd), b"", b"x"])
def test_reading_runs_nothing(content: bytes) -> None:
    with pytest.raises(Damaged):
        decoded(content)


def test_what_is_parsed_comes_back_equal(tree: Path) -> None:
    for file in discover([tree, Path(__file__).parent.parent / "testdata" / "map-race"]).files:
        [syntax] = parsing.parse_one(file).syntaxes
        assert decoded(encoded(syntax)) == syntax


def test_the_cache_is_bounded(tmp_path: Path) -> None:
    store = Store(prepared(tmp_path / "cache"), limit=10_000)
    names = [keys.digest([bytes([number])]) for number in range(30)]
    for age, key in enumerate(names):
        store.write(key, bytes(1000))
        os.utime(store.folder / key[:2] / key[2:], (1e9 + age, 1e9 + age))
    assert store.read(names[0])
    store.trim()
    assert sum(entry.size for entry in store.entries()) <= 10_000
    assert store.read(names[0]) and store.read(names[-1])
    assert not store.read(names[1])


def test_what_killed_writers_leave_is_taken_away(store: Store) -> None:
    store.save(KEY, "value")
    for name, age in ((".new-old", 2 * 24 * 3600), (".new-young", 10)):
        left = only_entry(store).parent / name
        left.write_bytes(b"half")
        os.utime(left, (time.time() - age, time.time() - age))
    store.trim()
    assert sorted(path.name for path in only_entry(store).parent.glob(".new-*")) == [".new-young"]
    assert store.load(KEY) == "value"


def test_clearing_takes_only_entries(store: Store) -> None:
    mine = store.folder / "ab"
    mine.mkdir()
    (mine / "thesis.txt").write_text("mine")
    store.save(KEY, "value")
    assert store.clear() == 1
    assert (mine / "thesis.txt").exists()
    assert store.load(KEY) is None


# -- several processes ------------------------------------------------------------------------------


def _writer(folder: Path, seconds: float) -> None:
    store = Store(folder)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        store.save(KEY, ["value"] * 10_000)


@pytest.mark.skipif(sys.platform == "win32", reason="kills its own processes")
def test_writers_and_readers_at_once_and_a_kill_in_the_middle(store: Store) -> None:
    store.save(KEY, ["value"] * 10_000)
    writers = [multiprocessing.get_context("spawn").Process(target=_writer, args=(store.folder, 60.0)) for _ in "12"]
    for writer in writers:
        writer.start()
    time.sleep(1.0)
    for number in range(400):
        assert store.load(KEY) == ["value"] * 10_000
        if number in (100, 200):
            os.kill(writers[number // 100 - 1].pid or 0, signal.SIGKILL)
    for writer in writers:
        writer.join()
    assert store.load(KEY) == ["value"] * 10_000


def _scanner(tree: Path, folder: Path) -> None:
    scan(tree, Store(folder))


def test_two_scans_at_once(tree: Path, store: Store) -> None:
    cold = told(scan(tree, None))
    scanners = [
        multiprocessing.get_context("spawn").Process(target=_scanner, args=(tree, store.folder)) for _ in "12"
    ]
    for scanner in scanners:
        scanner.start()
    for scanner in scanners:
        scanner.join()
    assert [scanner.exitcode for scanner in scanners] == [0, 0]
    report = scan(tree, store)
    assert was_cached(report)
    assert told(report) == cold


def test_workers_keep_what_they_parse(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(2 * parsing.WORTH_A_POOL):
        (folder / f"f{number}.go").write_text(f"package many\n\nfunc F{number}() {{}}\n")
    files = discover([folder]).files
    digests = {file.path: keys.content_digest(Path(file.absolute).read_bytes()) for file in files}
    kept = Kept(store, "tool", digests)
    cold = parsing.parse_all(files, 2, lambda done, total: None, kept)
    assert cold.digests == digests
    assert all(kept.get(file) is not None for file in files)
    assert parsing.parse_all(files, 2, lambda done, total: None, kept) == cold


# -- the folder -------------------------------------------------------------------------------------


def test_where_it_is() -> None:
    assert wanted({"GOVET_PY_CACHE_DIR": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"}) == Path("/a").absolute()
    assert wanted({"XDG_CACHE_HOME": "/b", "HOME": "/c"}) == Path("/b/govet-py")
    with pytest.raises(Unusable):
        wanted({"XDG_CACHE_HOME": "relative"})


@on_posix
def test_others_cannot_read_it(store: Store) -> None:
    store.save(KEY, "value")
    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert only_entry(store).stat().st_mode & 0o777 == 0o600


@on_posix
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o1777])
def test_a_folder_that_others_write_is_not_trusted(tmp_path: Path, mode: int) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(mode)
    with pytest.raises(Unusable, match="others may write"):
        prepared(tmp_path / "shared")


@on_posix
def test_neither_is_one_below_such_a_folder(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o777)
    with pytest.raises(Unusable, match="others may write"):
        prepared(tmp_path / "shared" / "mine")


@on_posix
def test_another_users_folder_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    with pytest.raises(Unusable, match="another user"):
        prepared(tmp_path / "cache")


def test_without_a_folder_a_scan_goes_on(tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    (tree.parent / "file").write_text("in the way")
    monkeypatch.setenv("GOVET_PY_CACHE_DIR", str(tree.parent / "file" / "cache"))
    assert main(["scan", str(tree)]) == 1
    assert "no cache" in capsys.readouterr().err
    assert main(["cache", "info"]) == 2


def test_a_disk_that_takes_nothing_any_more(tree: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("govet_py.cache.store.os.replace", full)
    assert scan(tree, store).findings
    assert not store.entries()
    assert not list(store.folder.rglob(".new-*"))


def test_the_commands(tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("GOVET_PY_CACHE_DIR", str(tree.parent / "cache"))
    assert main(["scan", "--no-cache", str(tree)]) == 1
    assert not (tree.parent / "cache").exists()
    assert main(["scan", str(tree)]) == 1
    capsys.readouterr()
    assert main(["cache", "info"]) == 0
    assert "4 results" in capsys.readouterr().out
    assert main(["cache", "clear"]) == 0
    assert "4 results taken away" in capsys.readouterr().err
    assert main(["cache", "info"]) == 0
    assert "0 results" in capsys.readouterr().out
