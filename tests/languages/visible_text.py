"""Text that a reader sees or hears of a page: between its tags, and in the attributes that browsers speak or show."""

from collections.abc import Iterator
from html.parser import HTMLParser

SILENT = ("script", "style")
ATTRIBUTES = ("title", "aria-label", "alt", "placeholder", "label", "content")
# Words that the scripts put into the page.
SCRIPT_WORDS = ("data-words", "data-title", "data-late", "data-voice", "data-link", "data-out", "data-other")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        given = {name: value or "" for name, value in attributes}
        if tag == "meta" and given.get("name") != "description":
            return
        self.found += [given[name] for name in (*ATTRIBUTES, *SCRIPT_WORDS) if name in given]
        self.found += [value for name, value in given.items() if name.startswith(("data-away", "data-zone-words"))]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.found.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def visible_texts(html: str) -> Iterator[str]:
    reader = _Reader()
    reader.feed(html)
    yield from (text.strip() for text in reader.found if text.strip())
