"""`python -m govet_py`."""

from __future__ import annotations

import sys

from govet_py.cli import main

sys.exit(main())
