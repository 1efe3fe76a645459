"""Reading an answer in which a value is odd: a number as text, half a character, a row of a wrong shape.

The rest is used. Only for answers that the strict reader refused: it takes many times as long.
"""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

#: More rows of one answer are not counted one by one.
_MOST_LEFT_OUT = 1000


def convert_leniently(body: bytes, answer_type: type[T], left_out: Callable[[str], None]) -> T:
    """The answer as far as it can be read; `left_out` is told the name or ID of each row of a list that cannot.

    Raises msgspec.ValidationError where what must be there is missing, ValueError where the body is no JSON.
    """
    data = json.loads(body.decode("utf-8", "replace"), strict=False)
    answer: T = _Reader(left_out).value(data, answer_type)
    return answer


class _Reader:
    def __init__(self, left_out: Callable[[str], None]) -> None:
        self._left_out = left_out
        self._count = 0

    def value(self, data: Any, answer_type: Any) -> Any:
        return self._convert(data, msgspec.inspect.type_info(answer_type))

    def _convert(self, data: Any, info: msgspec.inspect.Type) -> Any:
        if isinstance(info, msgspec.inspect.UnionType):
            return self._convert_union(data, info)
        if isinstance(info, msgspec.inspect.StructType):
            return self._convert_struct(data, info)
        if isinstance(info, (msgspec.inspect.ListType, msgspec.inspect.VarTupleType)):
            return self._convert_list(data, info)
        if isinstance(info, msgspec.inspect.StrType):
            return _text(data)
        if isinstance(info, msgspec.inspect.IntType):
            return _number(data)
        if isinstance(info, msgspec.inspect.BoolType):
            return _truth(data)
        if isinstance(info, msgspec.inspect.RawType):
            return msgspec.Raw(msgspec.json.encode(_clean(data)))
        if isinstance(info, msgspec.inspect.NoneType) and data is None:
            return None
        raise msgspec.ValidationError

    def _convert_union(self, data: Any, info: msgspec.inspect.UnionType) -> Any:
        if data is None and info.includes_none:
            return None
        for one in info.types:
            if not isinstance(one, msgspec.inspect.NoneType):
                try:
                    return self._convert(data, one)
                except msgspec.ValidationError:
                    continue
        raise msgspec.ValidationError

    def _convert_struct(self, data: Any, info: msgspec.inspect.StructType) -> Any:
        if not isinstance(data, dict):
            raise msgspec.ValidationError
        values = {}
        for field in info.fields:
            if field.encode_name in data:
                try:
                    values[field.name] = self._convert(data[field.encode_name], field.type)
                    continue
                except msgspec.ValidationError:
                    pass
            if field.required:
                raise msgspec.ValidationError
        return info.cls(**values)

    def _convert_list(self, data: Any, info: Any) -> Any:
        if not isinstance(data, list):
            raise msgspec.ValidationError
        rows = []
        for row in data:
            try:
                rows.append(self._convert(row, info.item_type))
            except msgspec.ValidationError:
                # A word among others, such as a task, is no row.
                if isinstance(info.item_type, msgspec.inspect.StructType) and self._count < _MOST_LEFT_OUT:
                    self._count += 1
                    self._left_out(_name_of(row))
        return tuple(rows) if isinstance(info, msgspec.inspect.VarTupleType) else rows


def _name_of(row: Any) -> str:
    """What a row that cannot be read calls itself, if that much can be read."""
    if isinstance(row, dict):
        for key in ("name", "id", "permission"):
            if isinstance(row.get(key), (str, int)) and not isinstance(row[key], bool):
                return _text(row[key])[:120]
    return ""


def _text(data: Any) -> str:
    if isinstance(data, str):
        # Half of a character of two halves cannot be kept or shown.
        return data.encode("utf-8", "replace").decode()
    if isinstance(data, (int, float)) and not isinstance(data, bool):
        return str(int(data)) if isinstance(data, float) and data.is_integer() else str(data)
    raise msgspec.ValidationError


def _truth(data: Any) -> bool:
    words = {"true": True, "false": False, "1": True, "0": False}
    if isinstance(data, bool):
        return data
    if str(data).lower() in words and isinstance(data, (str, int)):
        return words[str(data).lower()]
    raise msgspec.ValidationError


def _number(data: Any) -> int:
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    if isinstance(data, float) and data.is_integer():
        return int(data)
    if isinstance(data, str) and data.strip().lstrip("-").isdecimal() and len(data) < 20:
        return int(data)
    raise msgspec.ValidationError


def _clean(data: Any) -> Any:
    if isinstance(data, str):
        return _text(data)
    if isinstance(data, list):
        return [_clean(one) for one in data]
    return {_text(key): _clean(value) for key, value in data.items()} if isinstance(data, dict) else data
