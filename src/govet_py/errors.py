"""What can go wrong for a user, each with the exit status it stands for."""

from __future__ import annotations


class GovetError(Exception):
    """An error that is told in one line. `exit_code` is the process's exit status."""

    exit_code = 3


class UsageError(GovetError):
    """Wrong use or configuration."""

    exit_code = 2


class NothingToScan(UsageError):
    """There are no Go files in the given paths."""


class RevisionError(UsageError):
    """git cannot tell what was there at a base revision."""


class AnalysisError(GovetError):
    """The analysis itself failed."""

    exit_code = 3
