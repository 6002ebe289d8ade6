"""Whether a stream gets colours: https://no-color.org and https://force-color.org."""

from __future__ import annotations

from collections.abc import Mapping


def wants_color(choice: str, is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """`choice` is always, never or auto: then the environment decides before the terminal does."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"
