"""Runs `wsgi.py` with other private names in the libraries, as if newer versions of them had been installed.

RENAMED says which: `eventlet.wsgi:_read_request_line` is called `_read_request_line_of_late` in that module and those
below it. The libraries themselves work as ever.
"""

import os
import re
import runpy
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent


class Renaming(SourceFileLoader):
    """Loads the source with other names in it, and not what was compiled before."""

    names: list[str]

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        source = self.get_data(path)
        for name in self.names:
            source = re.sub(rb"\b%b\b" % name.encode(), b"%b_of_late" % name.encode(), source)
        return self.source_to_code(source, path)


class Finder(MetaPathFinder):
    def __init__(self, renames: list[tuple[str, str]]) -> None:
        self.renames = renames  # (module, name)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        names = [name for module, name in self.renames if f"{fullname}.".startswith(f"{module}.")]
        found = PathFinder.find_spec(fullname, path, target) if names else None
        if found is not None and isinstance(found.loader, SourceFileLoader):
            loader = Renaming(fullname, found.loader.path)
            loader.names = names
            found.loader = loader
        return found


if __name__ == "__main__":
    renames = [one.split(":") for one in os.environ["RENAMED"].split()]
    sys.meta_path.insert(0, Finder([(module, name) for module, name in renames]))
    sys.path[0] = str(ROOT)
    runpy.run_path(str(ROOT / "wsgi.py"), run_name="__main__")
