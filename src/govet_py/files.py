"""Reads files that others may change, replace or grow while a scan runs."""

from __future__ import annotations

import errno
import os
import stat

LARGEST = 3 << 20
"""Bytes of a file that people write, fifty times a long one; its tree takes 300 times as much memory."""
LARGEST_GENERATED = 8 << 20
"""Of what a tool wrote: only declarations are read, but clients of large services have many."""

_PART = 1 << 16
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""To open a pipe without a writer would wait for one."""


def read_regular(path: str | os.PathLike[str], most: int = LARGEST_GENERATED) -> bytes:
    """The content of a regular file. Raises OSError for all else, and with EFBIG for one of more than `most` bytes."""
    content = read_head(path, most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"larger than {most >> 20} MB")
    return content


def read_head(path: str | os.PathLike[str], size: int) -> bytes:
    """The first bytes of a regular file, at most `size`. Raises OSError for all else."""
    try:
        handle = os.open(path, _AT_ONCE)
    except ValueError as error:  # a name with a NUL
        raise OSError(errno.EINVAL, str(error)) from error
    with open(handle, "rb", buffering=0) as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        parts = [file.read(min(size, about.st_size + 1))]
        left = size - len(parts[0])
        while left > 0 and parts[-1]:
            parts.append(file.read(min(left, _PART)))
            left -= len(parts[-1])
    return b"".join(parts)
