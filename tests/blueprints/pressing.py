"""Presses the button of a preview: everything that its form holds goes along, as a browser would send it."""

import re
from html import unescape


def fields_of(page: str) -> dict[str, str]:
    """{name: value} of the preview's form as it was drawn; what is not chosen is left out."""
    form = re.search(r'<form class="preview".*?</form>', page, re.DOTALL)[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = attribute(tag, "name"), attribute(tag, "type")
        if kind not in ("radio", "checkbox") or " checked" in tag:
            found[name] = unescape(attribute(tag, "value"))
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = unescape(text)
    return found


def attribute(tag: str, name: str) -> str:
    match = re.search(rf'\b{name}="([^"]*)"', tag)
    return match[1] if match else ""


def effects(page: str) -> list[str]:
    """What else changes, as the page says it."""
    part = page[page.index("What else changes") :]
    return [unescape(text) for text in re.findall(r"<li>(.*?)</li>", part[: part.index("</section>")])]


def press(client, page, **more):
    """The answer to the preview's primary button, with the fields of *more* filled in besides."""
    action = unescape(re.search(r'<form class="preview" method="post" action="([^"]*)"', page)[1])
    return client.post(action, data={**fields_of(page), "apply": "1", **more})
