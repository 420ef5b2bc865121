"""Languages of tests: folders with a catalogue, as a new language would bring one."""

from pathlib import Path

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plurals}\\n"\n\n'
TWO = "nplurals=2; plural=(n != 1);"


def add_language(folder: Path, code: str, entries: str = "", plurals: str = TWO) -> Path:
    """The catalogue of a new language under *folder*, with PO *entries*."""
    path = folder / code / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(plurals=plurals) + entries, "utf-8")
    return path


def entry(message: str, translation: str, context: str = "") -> str:
    return (f'msgctxt "{context}"\n' if context else "") + f'msgid "{message}"\nmsgstr "{translation}"\n\n'
