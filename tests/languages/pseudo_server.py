"""The program of `wsgi.py` with the pseudo-language besides its own, for tests in a browser."""

import runpy

import servers
from config import async_mode

if __name__ == "__main__":
    servers.choose(async_mode())  # before anything is imported that has to be patched

from tests.languages.pseudo import PSEUDO
from timely.domain.translation import Language
from timely.languages import available, catalogues


def find_languages() -> dict[str, Language]:
    return {**catalogues.find_languages(), PSEUDO.code: PSEUDO}


if __name__ == "__main__":
    available.find_languages = find_languages  # type: ignore[attr-defined]
    runpy.run_module("wsgi", run_name="__main__", alter_sys=True)
