"""What is installed from a wheel finds its queries and its knowledge without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RACY = """package racy

import "sync"

func Fill(keys []string) map[string]bool {
	seen := map[string]bool{}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() { seen[key] = true })
	}
	wg.Wait()
	return seen
}
"""

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel and nothing else; its dependencies come from the environment."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True, text=True, timeout=120,
    )


def test_the_wheel_holds_all_that_is_not_code(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    queries = {f"govet_py/queries/{path.name}" for path in (ROOT / "queries").glob("*.scm")}
    package = ROOT / "src"
    files = [path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    others = {path.relative_to(package).as_posix() for path in files}
    assert queries
    assert not (queries | others) - names
    assert not [name for name in names if name.startswith(("tests/", "testdata/"))]


def test_the_installed_package_is_the_one_that_runs(site: Path, tmp_path: Path) -> None:
    done = run(site, tmp_path, "-c", "import govet_py; print(govet_py.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(site)


def test_version(site: Path, tmp_path: Path) -> None:
    done = run(site, tmp_path, "-m", "govet_py", "--version")
    assert (done.returncode, done.stdout) == (0, "govet-py 0.1.0\n")


def test_scan(site: Path, tmp_path: Path) -> None:
    (tmp_path / "racy.go").write_text(RACY)
    done = run(site, tmp_path, "-m", "govet_py", "scan")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("racy.go:9:18: error GV101 map-race: ")


def test_the_action_runs_from_a_wheel(site: Path, tmp_path: Path) -> None:
    (tmp_path / "racy.go").write_text(RACY)
    code = "import sys; from govet_py.action import main; sys.exit(main({'GITHUB_OUTPUT': 'out'}))"
    done = run(site, tmp_path, "-c", code)
    assert done.returncode == 0, done.stderr
    assert "exit-code=1\n" in (tmp_path / "out").read_text("utf-8")
