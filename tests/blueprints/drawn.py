"""Forms as a page draws them: their fields and first button, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

NOT_SENT = ("submit", "button", "reset", "image")


@dataclass
class Form:
    """`must` has for each field that a browser asks for, and that is empty, the least that a person would enter."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    must: dict[str, str] = field(default_factory=dict)
    button: tuple[str, str] | None = None
    has_button: bool = False

    @property
    def open(self) -> set[str]:
        """The names of the fields that are drawn with nothing in them: they wait for somebody to type."""
        return {name for name, value in self.fields if not value}

    def data(self) -> dict[str, list[str]]:
        """What is sent by the first button."""
        sent: dict[str, list[str]] = {}
        for name, value in [*self.fields, *([self.button] if self.button else [])]:
            sent.setdefault(name, []).append(value)
        chosen = {name for name, value in self.fields if value}
        return sent | {name: [value] for name, value in self.must.items() if name not in chosen}


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._select: dict[str, str | None] = {}
        self._options: list[tuple[str, bool]] = []
        self._text: tuple[Form, dict[str, str | None], list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        if tag == "form":
            self._form = Form((of.get("method") or "get").lower(), urljoin(self.address, of.get("action") or ""))
            self.forms.append(self._form)
            self._by_id[of.get("id") or ""] = self._form
            return
        form = self._by_id.get(of["form"] or "") if "form" in of else self._form
        if form is None or "disabled" in of:
            return
        if tag == "input":
            self._input(form, of)
        elif tag == "button" and of.get("type", "submit") == "submit" and not form.has_button:
            form.has_button = True
            form.button = (of["name"] or "", of.get("value") or "") if of.get("name") else None
        elif tag == "select":
            self._select, self._options = of, []
        elif tag == "option":
            self._options.append((of.get("value") or "", "selected" in of))
        elif tag == "textarea":
            self._text = (form, of, [])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._form is not None and self._options:
            chosen = next((value for value, is_chosen in self._options if is_chosen), self._options[0][0])
            self._form.fields.append((self._select.get("name") or "", chosen))
        elif tag == "textarea" and self._text is not None:
            form, of, parts = self._text
            self._fill(form, of, "".join(parts).removeprefix("\r").removeprefix("\n"))
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text[2].append(data)

    def _input(self, form: Form, of: dict[str, str | None]) -> None:
        kind = of.get("type") or "text"
        if kind in NOT_SENT or not of.get("name"):
            return
        if kind in ("checkbox", "radio"):
            if "checked" in of:
                form.fields.append((of["name"] or "", of.get("value") or "on"))
            if "required" in of:
                form.must.setdefault(of["name"] or "", of.get("value") or "on")
            return
        self._fill(form, of, of.get("value") or "")

    def _fill(self, form: Form, of: dict[str, str | None], value: str) -> None:
        name = of.get("name") or ""
        form.fields.append((name, value))
        if "required" in of and not value:
            form.must[name] = of.get("min") or "1" if of.get("inputmode") == "numeric" else "Something"


def forms_of(page: str, address: str) -> list[Form]:
    """The forms of the page at *address*, in order."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms
