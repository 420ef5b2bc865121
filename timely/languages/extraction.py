"""Extraction of the messages from the source, and their merge into the catalogues: `make messages`.

python -m timely.languages.extraction            brings every catalogue up to date
python -m timely.languages.extraction --check    says what is missing, and changes nothing
python -m timely.languages.extraction --add da   begins the catalogue of another language
"""

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from timely.languages.catalogues import CATALOGUE, FOLDER, mistakes, read

SOURCE = FOLDER.parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
# In Python; templates have the names of gettext alone.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "gettext_noop": None,
    "pgettext_noop": ((1, "c"), 2),
}
# As the app has them: where a message ends depends on it.
JINJA = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "newstyle_gettext": "true"}
# What is written for translators in the source begins so.
COMMENT = "Translators:"


def extracted() -> Catalog:
    """The messages of the whole source, in the order of its files."""
    catalog = Catalog(project="Timely", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        SOURCE,
        METHODS,
        {"templates/**.html": JINJA},
        KEYWORDS,
        [COMMENT],
        strip_comment_tags=True,
        directory_filter=_is_read,
    )
    for file, _, message, comments, context in found:
        catalog.add(message, None, [(file, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return catalog


def _is_read(folder: str) -> bool:
    """By default Babel leaves out folders such as `_macros`."""
    return Path(folder).name != "__pycache__"


def updated(path: Path, template: Catalog) -> tuple[Catalog, bytes]:
    """The catalogue with the messages of *template*, those that are gone left out; and what its file holds then."""
    code = path.parent.parent.name
    catalog = read(path, path.read_bytes(), code) if path.is_file() else Catalog(locale=code, fuzzy=False)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False, keep_user_comments=True)
    catalog.obsolete.clear()
    return catalog, written(catalog)


def written(catalog: Catalog) -> bytes:
    """The PO file: without line numbers and dates, which would change with everything."""
    file = BytesIO()
    write_po(file, catalog, width=120, sort_by_file=True, include_lineno=False, omit_header=True, ignore_obsolete=True)
    plurals = catalog.plural_forms
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plurals}\\n"\n\n'
    return head.encode() + file.getvalue()


def faults(catalog: Catalog) -> Iterator[str]:
    """What keeps the catalogue from being complete, each with its message."""
    for message in catalog:
        forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        if message.id and (message.fuzzy or not all(forms)):
            yield f"not translated: {message.id!r}"
    for line, mistake in mistakes(catalog):
        yield f"line {line}: {mistake}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m timely.languages.extraction", description="Catalogues.")
    parser.add_argument("--check", action="store_true", help="say what is missing, and change nothing")
    parser.add_argument("--add", metavar="LANG", help="begin the catalogue of another language, such as da")
    options = parser.parse_args(arguments)
    if options.add:
        (FOLDER / options.add / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / options.add / CATALOGUE).touch()
    template, is_complete = extracted(), True
    for path in sorted(FOLDER.glob(f"*/{CATALOGUE}")):
        catalog, content = updated(path, template)
        found = list(faults(catalog))
        is_complete &= not found and content == path.read_bytes()
        if not options.check:
            path.write_bytes(content)
        sys.stdout.write(f"{path.parent.parent.name}: {len(catalog)} messages, {len(found)} to be seen to\n")
        sys.stdout.writelines(f"  {one}\n" for one in found[:20] if options.check)
    return 0 if is_complete or not options.check else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
