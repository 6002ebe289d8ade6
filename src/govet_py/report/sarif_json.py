"""sarif_om objects to JSON.

`jschema_to_python.to_json`, which sarif_om is made for, is ten times slower (it copies every subtree at
every level) and drops `level: "warning"` because that is the default of the schema, whereupon readers
take the rule's level instead. Here the same walk is done once, and levels are always written.
"""

from __future__ import annotations

import json
from typing import Any

import attr

from govet_py.report.escape import in_json

Field = tuple[str, str, Any]
_ALWAYS = object()
_ALWAYS_WRITTEN = frozenset({"level"})


def dumps(log: object) -> str:
    """The JSON text of a tree of sarif_om objects, with keys in the order of the class definitions."""
    return in_json(json.dumps(_Serialiser().plain(log), ensure_ascii=False, separators=(",", ":"))) + "\n"


class _Serialiser:
    """`_fields` caches what each class writes: attribute, key, and the default that is left out."""

    def __init__(self) -> None:
        self._fields: dict[type, list[Field]] = {}

    def plain(self, value: Any) -> Any:
        if isinstance(value, (str, int, float)) or value is None:
            return value
        if isinstance(value, (list, tuple)):
            return [self.plain(item) for item in value]
        if isinstance(value, dict):
            return {key: self.plain(item) for key, item in value.items()}
        return self._object(value)

    def _object(self, value: Any) -> dict[str, Any]:
        kind = type(value)
        fields = self._fields.get(kind)
        if fields is None:
            fields = self._fields[kind] = [_field(one) for one in attr.fields(kind)]
        result = {}
        for name, key, default in fields:
            item = getattr(value, name)
            if item is not None and item != default:
                result[key] = self.plain(item)
        return result


def _field(attribute: Any) -> Field:
    """Defaults made by a factory (`newlineSequences`) are compared by value, or they leak into the file."""
    key = attribute.metadata["schema_property_name"]
    default = attribute.default
    if key in _ALWAYS_WRITTEN or default is attr.NOTHING:
        default = _ALWAYS
    elif isinstance(default, attr.Factory):  # type: ignore[arg-type]  # a class at run time
        default = default.factory()
    return attribute.name, key, default
