"""`python -m govet_py`."""

from __future__ import annotations

from govet_py.cli import run

if __name__ == "__main__":
    run()
