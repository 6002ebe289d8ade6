"""Shell completion, by the shells that are there; bash is everywhere that the tests run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from govet_py.cli import main

Captured = pytest.CaptureFixture[str]
SHELLS = ("bash", "zsh", "fish")
TRY = """
set -eu
source ./script
complete -p govet-py > /dev/null
COMP_WORDS=(WORDS) COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )) COMPREPLY=()
_govet_py_completion "$RUN"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The command as shells run it."""
    path = tmp_path / "bin" / "govet-py"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govet_py "$@"\n')
    path.chmod(0o755)
    return path


def completed(program: Path, script: str, *words: str) -> list[str]:
    folder = program.parent.parent
    (folder / "script").write_text(script)
    quoted = " ".join(f"'{word}'" for word in ("govet-py", *words))
    source = str(Path(__file__).parent.parent / "src")
    done = subprocess.run(
        ["bash", "-c", TRY.replace("WORDS)", f"{quoted})").replace('"$RUN"', f'"{program}"')], cwd=folder,
        env=os.environ | {"PYTHONPATH": source}, capture_output=True, text=True, timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(("words", "offered"), [
    (["sc"], {"scan"}),
    (["scan", "--format", ""], {"text", "sarif", "json", "github", "html"}),
    (["explain", "map"], {"map-race"}),
    (["scan", "--select", "GV101"], {"GV101"}),
    (["baseline", ""], {"create", "show"}),
])
def test_bash_completes(program: Path, capsys: Captured, words: list[str], offered: set[str]) -> None:
    assert main(["completion", "bash"]) == 0
    assert set(completed(program, capsys.readouterr().out, *words)) == offered


@pytest.mark.parametrize("shell", SHELLS)
def test_scripts_are_ones(shell: str, capsys: Captured, tmp_path: Path) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "_GOVET_PY_COMPLETE" in script
    if found := shutil.which(shell):
        (tmp_path / "script").write_text(script)
        assert subprocess.run([found, "-n", str(tmp_path / "script")]).returncode == 0


def test_other_shells_are_wrong_use() -> None:
    assert main(["completion", "tcsh"]) == 2
