"""`.govet-py.toml`: found, checked, and weaker than the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from govet_py.cli import main
from govet_py.filters.findings import glob_regex
from racy import FILL

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "pkg" / "old").mkdir(parents=True)
    (tmp_path / "pkg" / "fill.go").write_text(FILL)
    (tmp_path / "pkg" / "old" / "fill.go").write_text(FILL)
    return tmp_path


def configure(folder: Path, text: str) -> None:
    (folder / ".govet-py.toml").write_text(text)


@pytest.mark.parametrize(("text", "status"), [
    ("", 1),
    ('ignore = ["map-race"]', 0),
    ('select = ["GV301"]', 0),
    ('select = ["GV101"]', 1),
    ('min-confidence = "high"', 1),
    ('fail-on = "never"', 0),
    ('paths-ignore = ["pkg"]', 0),
    ('paths-ignore = ["pkg/**/*.go"]', 0),
    ('paths-ignore = ["./pkg/old/", "pkg/f?ll.go"]', 0),
    ('paths-ignore = ["pkg/*.go"]', 1),
    ('paths-ignore = ["old"]', 1),
    ('tests = true\ntags = ["x"]', 1),
])
def test_it_is_found_above_the_scanned_path(text: str, status: int, tree: Path) -> None:
    configure(tree, text)
    assert main(["scan", str(tree / "pkg")]) == status


def test_the_nearest_wins_and_a_repository_ends_the_search(tree: Path) -> None:
    configure(tree, 'fail-on = "never"')
    assert main(["scan", str(tree / "pkg")]) == 0
    configure(tree / "pkg", "")
    assert main(["scan", str(tree / "pkg")]) == 1
    (tree / "pkg" / ".govet-py.toml").unlink()
    (tree / "pkg" / ".git").mkdir()
    assert main(["scan", str(tree / "pkg")]) == 1


@pytest.mark.parametrize(("text", "arguments", "status"), [
    ('fail-on = "never"', ["--fail-on", "error"], 1),
    ('ignore = ["GV101"]', ["--ignore", "GV301"], 1),
    ('ignore = ["GV101"]', ["--select", "GV101"], 1),
    ('select = ["GV301"]', ["--select", "GV101"], 1),
    ('min-confidence = "high"', ["--min-confidence", "low"], 1),
    ("tests = true", ["--no-tests"], 1),
])
def test_the_command_line_wins(text: str, arguments: list[str], status: int, tree: Path) -> None:
    configure(tree, text)
    assert main(["scan", str(tree), *arguments]) == status


@pytest.mark.parametrize(("text", "told"), [
    ('selct = ["GV101"]', "unknown key 'selct', did you mean 'select'?"),
    ('min_confidence = "high"', "unknown key 'min_confidence', did you mean 'min-confidence'?"),
    ("[tool]\nx = 1", "unknown key 'tool'"),
    ('select = "GV101"', "select is a list of strings, not 'GV101'"),
    ("ignore = [1]", "ignore is a list of strings"),
    ('min-confidence = "sure"', "min-confidence is one of high, medium, low, not 'sure'"),
    ("fail-on = []", "fail-on is one of error, warning, note, never"),
    ("tests = 1", "tests is true or false, not 1"),
    ("select = [", ".govet-py.toml: "),
    ('select = ["GV999"]', ".govet-py.toml: unknown rule 'GV999'"),
    ('ignore = ["map-rase"]', ".govet-py.toml: unknown rule 'map-rase', did you mean map-race (GV101)?"),
])
@pytest.mark.parametrize("command", ["scan", "config"])
def test_mistakes_are_wrong_use(command: str, text: str, told: str, tree: Path, capsys: Captured) -> None:
    configure(tree, text)
    assert main([command, str(tree)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err


def test_a_file_that_is_named_must_be_there(tree: Path, capsys: Captured) -> None:
    assert main(["scan", str(tree), "--config", str(tree / "absent.toml")]) == 2
    assert "cannot read" in capsys.readouterr().err
    other = tree / "other.toml"
    other.write_text('fail-on = "never"\n')
    assert main(["scan", str(tree), "--config", str(other)]) == 0


def test_what_is_in_force_is_told_with_its_origin(tree: Path, capsys: Captured) -> None:
    configure(tree, 'min-confidence = "high"\nignore = ["GV502"]\n')
    assert main(["config", str(tree / "pkg"), "--fail-on", "error"]) == 0
    rows = {line.partition("#")[0].strip(): line.partition("#")[2].strip() for line in
            capsys.readouterr().out.splitlines()}
    file = str(tree / ".govet-py.toml")
    assert rows == {
        "select = []": "default",
        'ignore = ["GV502"]': file,
        'min-confidence = "high"': file,
        'fail-on = "error"': "command line",
        "paths-ignore = []": "default",
        "tests = false": "default",
        "tags = []": "default",
    }


def test_folders_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "a[b]*c"
    folder.mkdir()
    (folder / "fill.go").write_text(FILL)
    configure(folder, 'paths-ignore = ["*.go"]')
    assert main(["scan", str(folder)]) == 0


@pytest.mark.parametrize(("glob", "regex"), [
    ("a/**/b", "a/(?:[^/]+/)*b"),
    ("**", ".*"), ("a?.go", r"a[^/]\.go"), ("[!a-c]", "[^a-c]"), ("[[]", r"[\[]"), ("[", r"\["),
])
def test_globs(glob: str, regex: str) -> None:
    assert glob_regex(glob) == regex
