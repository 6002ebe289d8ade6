"""Where results go: standard output, or a file that is whole or not there."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from govet_py.errors import UsageError


def write_standard(text: str) -> None:
    """Writes to standard output. A reader that has gone away (`| head`) is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would fail again when the interpreter flushes it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prefix_of(root: str) -> str:
    """The way from the working directory down to the scan root; "" where it leads elsewhere."""
    way = Path(root)
    here = Path.cwd()
    return f"{way.relative_to(here).as_posix()}/" if way != here and way.is_relative_to(here) else ""


def write_file(path: str, text: str) -> None:
    """Replaces a file in one step, through symbolic links. Raises UsageError when it cannot be written."""
    target = os.path.realpath(path)
    data = text.encode("utf-8", "backslashreplace")
    try:
        if os.path.exists(target) and not os.path.isfile(target):
            _write_through(target, data)
        else:
            _replace(target, data)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error


def _write_through(target: str, data: bytes) -> None:
    """For pipes and devices, which cannot be replaced."""
    with open(target, "wb") as stream:
        stream.write(data)


def _replace(target: str, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=f".{os.path.basename(target)}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):  # an interrupt may come when the file has its new name already
            os.unlink(temporary)
        raise


def _mode(target: str) -> int:
    """The file's present mode, or what a new file would get."""
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
