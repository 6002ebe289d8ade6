"""What holds for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what the user, or another test, has cached."""
    monkeypatch.setenv("GOVET_PY_CACHE_DIR", str(tmp_path / "govet-py-cache"))
