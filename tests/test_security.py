"""Code under scan is an enemy: it runs nothing, reads and writes nothing elsewhere, and commands nobody who reads."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from govet_py.options import Options
from govet_py.pipeline import analyse
from govet_py.report import markdown
from racy import FILL

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = ROOT / "requirements-dev.lock"

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="names of files that other systems refuse")
FORMATS = ("text", "sarif", "json", "github", "html")
ORDER = "\x1b[2J\x1b]0;owned\x07 \u202egnp ::error::owned </script><script>owned()</script> ![x](http://evil) @everyone"
NAMES = (
    "a\x1b[31m.go", "::error::owned.go", "<img src=x onerror=owned()>.go", "a\n::error::owned\n.go",
    "[x](http:evil).go", "##[error]owned.go",
)
WATCHED = """
import os, sys
allowed = tuple(sys.argv[1].split(os.pathsep))
def watch(event, arguments):
    if event.split(".")[0] in ("socket", "subprocess", "ctypes") or event in ("os.exec", "os.system", "os.posix_spawn"):
        raise SystemExit(f"the scan did {event} {arguments}")
    if event == "open" and isinstance(arguments[0], str) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        if not os.path.abspath(arguments[0]).startswith(allowed):
            raise SystemExit(f"the scan wrote {arguments[0]}")
    if event == "import" and arguments[0] in ("owned", "conftest"):
        raise SystemExit(f"the scan imported {arguments[0]}")
from govet_py.cli import main
main(["rules"])
sys.addaudithook(watch)
raise SystemExit(main(sys.argv[2:]))
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "go.mod").write_text("module m\n\ngo 1.25\n")
    for number, name in enumerate(NAMES):
        content = FILL.replace("Fill", f"Fill{number}").replace("}()", f"}}() // {ORDER}")
        (folder / name).write_text(f"// {ORDER}\n//line /etc/passwd:1\n{content}")
    return folder


def cli(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "GITHUB_ACTIONS": "true"}
    command = [sys.executable, "-m", "govet_py", "scan", "--no-cache", *arguments, str(tree)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


# -- what is printed --------------------------------------------------------------------------------


@on_linux
@pytest.mark.parametrize("format", FORMATS)
def test_no_format_passes_a_control_character_on(tree: Path, format: str) -> None:
    done = cli(tree, "--format", format, "--color", "never")
    assert done.returncode == 1
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout + done.stderr)


@on_linux
@pytest.mark.parametrize("format", ["text", "github"])
def test_no_line_is_a_command_to_the_runner_but_ours(tree: Path, format: str) -> None:
    done = cli(tree, "--format", format)
    commands = [line for line in (done.stdout + done.stderr).splitlines() if line.lstrip().startswith("::")]
    ours = [line for line in commands if re.match(r"::error file=[^,:]+,line=\d+,", line)]
    assert commands == ours
    assert len(ours) == (len(NAMES) if format == "github" else 0)


@on_linux
def test_a_page_has_one_script(tree: Path) -> None:
    page = cli(tree, "--format", "html").stdout
    assert page.count("<script") == 1
    assert "<img" not in page


@on_linux
def test_a_summary_shows_markup_as_text(tree: Path) -> None:
    told = markdown.render(analyse(Options(paths=(str(tree),), jobs=1)), "https://example.com/blob/")
    plain = re.sub(r"\\.", "", told)
    assert "<img" not in plain and "<script" not in plain and "@everyone" not in plain
    assert "![" not in plain and "](http:evil)" not in plain


@on_linux
def test_notices_are_escaped_too(tree: Path) -> None:
    (tree / "b\x1b]0;x\n::error::owned.go").write_text("package m\nfunc f( {\n")
    done = cli(tree)
    assert "\x1b" not in done.stderr
    assert not any(line.lstrip().startswith("::") for line in done.stderr.splitlines())


# -- paths ------------------------------------------------------------------------------------------


@on_linux
def test_paths_stay_below_the_root(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.go").write_text(FILL)
    (tree / "link.go").symlink_to(tmp_path / "outside.go")
    (tree / "up").symlink_to(tmp_path)
    (tree / "sub").mkdir()
    log = json.loads(cli(tree / "sub" / "..", "--format", "sarif").stdout)
    addresses = [unquote(one) for one in _addresses(log["runs"][0]["results"])]
    assert "link.go" in addresses
    assert not [one for one in addresses if one.startswith(("/", "..", "file:")) or "/../" in one or "passwd" in one]


def _addresses(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for inner in value for one in _addresses(inner)]
    if not isinstance(value, dict):
        return []
    own = [value["uri"]] if "uriBaseId" in value else []
    return own + [one for inner in value.values() for one in _addresses(inner)]


# -- what a scan does ---------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX paths")
def test_a_scan_runs_nothing_and_writes_only_what_was_asked_for(tree: Path, tmp_path: Path) -> None:
    for name in ("owned.py", "conftest.py", "sitecustomize.py", "json.py"):
        (tree / name).write_text("raise SystemExit('run')\n")
    output, cache = tmp_path / "out.sarif", tmp_path / "cache"
    cache.mkdir(mode=0o700)
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"), "GOVET_PY_CACHE_DIR": str(cache), "PYTHONDONTWRITEBYTECODE": "1",
    }
    allowed = os.pathsep.join([str(tmp_path / ".out.sarif"), str(output), str(cache), os.devnull])
    asked = ["scan", "--jobs", "1", "--format", "sarif", "--output", str(output), str(tree)]
    command = [sys.executable, "-P", "-c", WATCHED, allowed, *asked]
    for _ in range(2):
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stderr
    assert json.loads(output.read_text("utf-8"))["runs"][0]["results"]
    assert sorted(path.name for path in tree.iterdir() if path.suffix == ".go") == sorted(NAMES)


# -- what it is made of ---------------------------------------------------------------------------------


def locked() -> dict[str, Version]:
    """The versions of the lock file, by name."""
    lines = [line for line in LOCK.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [line.split("==") for line in lines]
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def test_dependencies_are_few() -> None:
    assert len(PROJECT["dependencies"]) <= 8


def test_the_lock_has_what_the_project_asks_for() -> None:
    pins = locked()
    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        wanted = Requirement(line)
        found = pins.get(canonicalize_name(wanted.name))
        assert found is not None, f"{wanted.name} is not in {LOCK.name}"
        assert wanted.specifier.contains(found, prereleases=True), f"{LOCK.name} has {wanted.name} {found}"


def test_the_lock_is_whole_and_names_no_place() -> None:
    """What the locked distributions ask for themselves is locked as well, as far as they are installed here."""
    text = LOCK.read_text("utf-8")
    assert not re.search(r"https?://|file:| @ |--", text)
    pins = locked()
    for name in pins:
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        wanted = [one for one in map(Requirement, needs) if one.marker is None or one.marker.evaluate({"extra": ""})]
        assert [str(one) for one in wanted if canonicalize_name(one.name) not in pins] == []


def test_pip_audit_knows_of_nothing() -> None:
    """Needs the network, so it runs where it is asked for: GOVET_PY_AUDIT=1."""
    if not os.environ.get("GOVET_PY_AUDIT"):
        pytest.skip("asks a database on the network: set GOVET_PY_AUDIT=1 and install pip-audit")
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
