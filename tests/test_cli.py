"""The command line: exit statuses, streams, and what it says to wrong use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from govet_py.cli import main
from govet_py.progress import ProgressLine
from govet_py.terminal import wants_color

RACY = """package racy

func Fill(keys []string) map[string]bool {
	seen := map[string]bool{}
	for _, key := range keys {
		go func() { seen[key] = true }()
	}
	return seen
}
"""
CLEAN = "package clean\n\nfunc F() {}\n"

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def racy(tmp_path: Path) -> str:
    (tmp_path / "racy.go").write_text(RACY)
    return str(tmp_path)


@pytest.fixture
def clean(tmp_path: Path) -> str:
    (tmp_path / "clean.go").write_text(CLEAN)
    return str(tmp_path)


def test_nothing_to_report_is_0(clean: str, capsys: Captured) -> None:
    assert main(["scan", clean]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "nothing to report in 1 file\n"


def test_findings_are_1_and_go_to_standard_output(racy: str, capsys: Captured) -> None:
    assert main(["scan", racy]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("racy.go:6:15: error GV101 map-race: ")
    assert err == "1 finding (1 error) in 1 file\n"


@pytest.mark.parametrize("format", ["text", "github"])
def test_paths_are_told_from_the_working_directory(
    racy: str, format: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(Path(racy).parent)
    assert main(["scan", racy, "--format", format]) == 1
    assert f"{Path(racy).name}/racy.go" in capsys.readouterr().out


@pytest.mark.parametrize(("level", "status"), [("error", 1), ("note", 1), ("never", 0)])
def test_fail_on(racy: str, level: str, status: int) -> None:
    assert main(["scan", racy, "--fail-on", level]) == status


@pytest.mark.parametrize("format", ["sarif", "json"])
def test_programs_get_nothing_but_the_format(racy: str, format: str, capsys: Captured) -> None:
    assert main(["scan", racy, "--format", format]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)
    assert err == ""


def test_output_goes_to_a_file_only(racy: str, tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "out.sarif"
    target.write_text("old")
    assert main(["scan", racy, "--format", "sarif", "--output", str(target)]) == 1
    assert json.loads(target.read_text("utf-8"))["version"] == "2.1.0"
    assert capsys.readouterr().out == ""
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_output_without_a_folder_is_wrong_use(racy: str, capsys: Captured) -> None:
    assert main(["scan", racy, "--output", "/no/such/folder/out"]) == 2
    assert "cannot write /no/such/folder/out" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["GV101", "map-race", "gv101,GV301", " Map-Race "])
def test_select_takes_ids_and_names(racy: str, word: str) -> None:
    assert main(["scan", racy, "--select", word]) == 1
    assert main(["scan", racy, "--ignore", word]) == 0


def test_unknown_rules_are_wrong_use_with_a_suggestion(racy: str, capsys: Captured) -> None:
    assert main(["scan", racy, "--select", "map-rase"]) == 2
    assert "unknown rule 'map-rase', did you mean map-race (GV101)?" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["GV101", "gv101", "map-race", "MapRace"])
def test_rules_are_known_by_what_reports_call_them(word: str) -> None:
    assert main(["explain", word]) == 0


def test_no_rule_left_is_wrong_use(racy: str) -> None:
    assert main(["scan", racy, "--select", "map-race", "--ignore", "GV101"]) == 2


@pytest.mark.parametrize("arguments", [
    ["--baseline", "absent.json"], ["--new-from", "main"], ["--format", "xml"], ["--jobs", "-1"],
    ["--no-such-option"],
])
def test_what_is_not_available_is_wrong_use(racy: str, arguments: list[str], capsys: Captured) -> None:
    assert main(["scan", racy, *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err


def test_no_go_files_is_wrong_use(tmp_path: Path, capsys: Captured) -> None:
    assert main(["scan", str(tmp_path)]) == 2
    assert f"no Go files to scan in {tmp_path}" in capsys.readouterr().err


def test_only_tests_is_wrong_use_that_names_the_option(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a_test.go").write_text(CLEAN)
    assert main(["scan", str(tmp_path)]) == 2
    assert "without --tests" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["scan", "watch", "config", "baseline create", "graph Join"])
@pytest.mark.parametrize("path", ["absent", ""])
def test_missing_paths_are_wrong_use(command: str, path: str, capsys: Captured) -> None:
    """Also "", which an unset variable of a shell makes: it does not stand for the current directory."""
    assert main([*command.split(), path]) == 2
    assert f"{path or repr(path)}: no such file or directory" in capsys.readouterr().err


def test_statistics_go_to_standard_error(racy: str, capsys: Captured) -> None:
    main(["scan", racy, "--statistics"])
    out, err = capsys.readouterr()
    assert "s parse and lower" in err
    assert "GV101 map-race\n" in err
    assert "parse and lower" not in out


def test_a_scan_that_takes_too_long_is_given_up(racy: str, capsys: Captured) -> None:
    assert main(["scan", racy, "--no-cache", "--timeout", "0.001"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "not done after 0.001 s, the limit of --timeout; no finding is told" in err
    assert main(["scan", racy, "--no-cache", "--timeout", "600"]) == 1
    assert "GV101" in capsys.readouterr().out


def test_rules_are_listed(capsys: Captured) -> None:
    assert main(["rules"]) == 0
    assert "GV101  map-race " in capsys.readouterr().out
    assert main(["rules", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"id", "name", "severity", "summary"} == set(rows[0])


@pytest.mark.parametrize("word", ["GV101", "map-race", "gv101"])
def test_rules_are_explained(word: str, capsys: Captured) -> None:
    assert main(["explain", word]) == 0
    assert capsys.readouterr().out.startswith("GV101 map-race (error)\n")


def test_unknown_rules_are_not_explained() -> None:
    assert main(["explain", "GV999"]) == 2


def test_help_and_version_are_0(capsys: Captured) -> None:
    assert main(["--help"]) == 0
    assert main(["scan", "--help"]) == 0
    assert "--min-confidence" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == "govet-py 0.1.0\n"


def test_a_defect_is_3_and_not_a_clean_scan(clean: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr("govet_py.scanning.analyse", lambda *_: 1 // 0)
    assert main(["scan", clean]) == 3
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_terminal_escapes_in_paths_are_not_passed_on(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a\x1b[2J.go").write_text(RACY)
    assert main(["scan", str(tmp_path), "--color", "never"]) == 1
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(("choice", "is_terminal", "environment", "expected"), [
    ("auto", True, {}, True),
    ("auto", False, {}, False),
    ("auto", True, {"TERM": "dumb"}, False),
    ("auto", True, {"NO_COLOR": "1"}, False),
    ("auto", True, {"NO_COLOR": ""}, True),
    ("auto", False, {"FORCE_COLOR": "1"}, True),
    ("auto", False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ("always", False, {"NO_COLOR": "1"}, True),
    ("never", True, {"FORCE_COLOR": "1"}, False),
])
def test_colours(choice: str, is_terminal: bool, environment: dict[str, str], expected: bool) -> None:
    assert wants_color(choice, is_terminal, environment) is expected


class Terminal:
    """A stream that is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None: ...


@pytest.mark.parametrize(("later", "environment", "shown"), [
    (2.0, {}, True), (0.5, {}, False), (2.0, {"CI": "true"}, False),
])
def test_progress_is_for_people_who_wait(
    later: float, environment: dict[str, str], shown: bool, monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr("govet_py.progress.time.monotonic", lambda: now)
    terminal = Terminal()
    line = ProgressLine(terminal, environment)  # type: ignore[arg-type]  # as much of a stream as it needs
    now += later
    line.show("parsing", 5, 10)
    assert ("5/10" in terminal.text) is shown
    line.clear()
    assert terminal.text.endswith("\r\x1b[K") is shown


def run(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "govet_py", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | environment,
    )


def test_a_reader_that_goes_away_is_no_error() -> None:
    with run("rules") as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_the_process_ends_with_the_status_and_all_output(racy: str) -> None:
    with run("scan", racy, "--statistics", PYTHONIOENCODING="ascii") as process:
        out, err = process.communicate()
    assert process.returncode == 1
    assert out.startswith(b"racy.go:6:15: error")
    assert err.endswith(b"1 finding (1 error) in 1 file\n")


def test_help_imports_nothing_heavy() -> None:
    """Help and completion must be quick: see `cli._command`."""
    code = "import sys; from govet_py.cli import main; main(['--help']); print([m for m in %r if m in sys.modules])"
    heavy = ("networkx", "tree_sitter", "sarif_om", "govet_py.pipeline")
    done = subprocess.run([sys.executable, "-c", code % (heavy,)], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")
