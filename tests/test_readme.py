"""The README's commands and paths are those that are used."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    [command] = [line for line in README.splitlines() if "-m pytest" in line]
    assert command in CI.splitlines()


def test_ci_installs_as_the_readme_says() -> None:
    install = ".venv/bin/pip install -q -e '.[dev]'"
    assert install in README
    assert install in CI


def test_every_path_of_the_readme_exists() -> None:
    paths = re.findall(r"`((?:src|tests|testdata|queries|\.ci)/[\w./-]*)`", README)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_version_is_one() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    package = (ROOT / "src" / "govet_py" / "__init__.py").read_text("utf-8")
    version = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
    assert version and f'__version__ = "{version[1]}"' in package


def test_ci_is_a_script() -> None:
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")]).returncode == 0
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100
