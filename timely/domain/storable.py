"""Text that every database and every output can carry: without lone surrogates and without NUL.

JSON can spell both (`"\\ud800"`, `"\\u0000"`), in keys too. Neither can be sent as UTF-8 or stored by PostgreSQL, so
text with them is refused where it is read, and repaired where it is in a database already.
"""

import re
from collections.abc import Mapping
from typing import Any

from timely.domain.translation import lazy_gettext

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
REFUSAL = lazy_gettext("has characters that cannot be shown")
LONGEST_NAME = 40


def unstorable(data: Any, path: str = "") -> str | None:
    """The path of the first text in parsed JSON that cannot be stored; None if all of it can."""
    waiting: list[tuple[Any, str]] = [(data, path)]
    while waiting:
        one, where = waiting.pop()
        if isinstance(one, str):
            if UNSTORABLE.search(one):
                return where
        elif isinstance(one, Mapping):
            for key in one:
                if isinstance(key, str) and UNSTORABLE.search(key):
                    return _inside(where, key)
            waiting += [(value, _inside(where, str(key))) for key, value in reversed([*one.items()])]
        elif isinstance(one, list | tuple):
            waiting += [(one[number], f"{where}[{number}]") for number in reversed(range(len(one)))]
    return None


def storable(data: Any) -> Any:
    """The same JSON, with a replacement character for each character that cannot be stored."""
    if isinstance(data, str):
        return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", data)
    if isinstance(data, Mapping):
        return {storable(key): storable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [storable(one) for one in data]
    return data


def _inside(path: str, key: str) -> str:
    name = key[:LONGEST_NAME].encode("ascii", "backslashreplace").decode() if UNSTORABLE.search(key) else key
    return f"{path}.{name}" if path else name
