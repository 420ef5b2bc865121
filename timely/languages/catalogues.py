"""Catalogues of translations: found in folders, checked and compiled when Timely starts, and refused with their line.

`translations/LANG/LC_MESSAGES/messages.po` is what is kept. It is compiled beside itself once for each content, or in
memory where that cannot be written. A language more is one folder more.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from timely.domain.translation import ENGLISH, Language
from timely.languages.locales import own_name

FOLDER = Path(__file__).resolve().parent.parent / "translations"
CATALOGUE = Path("LC_MESSAGES", "messages.po")
# Bytes; far more than all texts of Timely in any language.
LARGEST = 5_000_000
# A line of it; Babel would read one without its last quote, and lose a letter.
LINE = re.compile(rb'\s*(#.*|(msg[a-z_]+(\[\d+\])?\s+)?"([^"\\]|\\.)*"\s*)?')


class CatalogueError(Exception):
    """A catalogue that cannot be used, with the file and the line."""


def find_languages(folder: Path = FOLDER) -> dict[str, Language]:
    """{code: language}: English, and those that have a folder, by the alphabet of their own names.

    Raises CatalogueError for the first catalogue that is broken.
    """
    found = [ENGLISH, *(load(path) for path in sorted(folder.glob(f"*/{CATALOGUE}")))]
    return {one.code: one for one in sorted(found, key=lambda one: own_name(one.code).casefold())}


def load(path: Path) -> Language:
    """The language of a catalogue. Raises CatalogueError with the line that is wrong."""
    try:
        file = path.stat()
    except OSError as error:
        raise CatalogueError(f"{path} cannot be read: {error.strerror}.") from error
    return _load(path, file.st_mtime_ns, file.st_size)


@lru_cache(maxsize=50)
def _load(path: Path, modified_ns: int, size: int) -> Language:
    code = path.parent.parent.name
    try:
        Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        advice = "Name the folder by its code, such as de."
        raise CatalogueError(f"{path}: there is no language {code!r}. {advice}") from None
    content = path.read_bytes()
    compiled = path.with_name(f"messages-{hashlib.sha256(content).hexdigest()[:16]}.mo")
    with suppress(OSError, ValueError, EOFError), compiled.open("rb") as file:
        return Language(code, GNUTranslations(file))
    data = _compile(path, content, code)
    _keep(data, compiled)
    return Language(code, GNUTranslations(BytesIO(data)))


def read(path: Path, content: bytes, code: str) -> Catalog:
    """The catalogue in the file's *content*. Raises CatalogueError."""
    if len(content) > LARGEST:
        raise CatalogueError(f"{path} is larger than a catalogue can be: {len(content)} bytes.")
    for number, line in enumerate(content.splitlines(), 1):
        if not LINE.fullmatch(line):
            text = line.decode("utf-8", "replace").strip()[:80]
            raise CatalogueError(f"{path}, line {number}: neither a comment nor a text in quotes: {text!r}.")
    try:
        return read_po(BytesIO(content), locale=code, abort_invalid=True)
    except PoFileError as error:
        # It counts lines from 0.
        raise CatalogueError(f"{path}, line {error.lineno + 1}: unknown: {error.line.strip()[:80]!r}.") from error
    except (ValueError, LookupError) as error:
        raise CatalogueError(f"{path}: {error}") from error


def mistakes(catalog: Catalog) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) for each translation whose placeholders or plural forms are not those of its message."""
    for message, errors in catalog.check():
        for error in errors:
            yield message.lineno or 0, str(error)


def _compile(path: Path, content: bytes, code: str) -> bytes:
    catalog = read(path, content, code)
    for line, mistake in mistakes(catalog):
        raise CatalogueError(f"{path}, line {line}: {mistake}.")
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def _keep(data: bytes, compiled: Path) -> None:
    """Keeps the compiled catalogue for the next start, in place of earlier ones, if the folder can be written."""
    with suppress(OSError):
        for old in compiled.parent.glob("messages-*.mo"):
            old.unlink(missing_ok=True)
        draft = compiled.with_suffix(f".{os.getpid()}")
        draft.write_bytes(data)
        draft.replace(compiled)
