"""The content of a form that could not be saved, for showing it and sending it again."""

from collections.abc import Iterable

from flask import request

from timely.web.form_labels import label_of

# Hidden fields of our pages, which users do not fill in.
HIDDEN_FIELDS = (
    "csrf_token",
    "version",
    "mark",
    "apply",
    "look",
    "on_desk",
    "details",
    "news_was",
    "seen",
    "back",
    "sure",
)
# Fields of the sign-in page, which are never sent again.
SIGN_IN_FIELDS = ("sign_in_name", "sign_in_password")


def filled_in() -> list[tuple[str, str]]:
    """(label, text) of what the user filled in."""
    return [(label_of(name), value) for name, value in _fields() if name not in HIDDEN_FIELDS and value.strip()]


def fields_to_resend() -> list[tuple[str, str]]:
    """(name, value) of all fields but the CSRF token, which is made anew, and passwords."""
    return [(name, value) for name, value in _fields() if name != "csrf_token"]


def passwords() -> list[tuple[str, str]]:
    """(name, label) of passwords: they are asked for again, and never written into a page."""
    given = [name for name, value in request.form.items() if value and _is_secret(name)]
    return [(name, label_of(name)) for name in given if name not in SIGN_IN_FIELDS]


def file_names() -> list[str]:
    """Names of the chosen files: a page cannot choose them again."""
    return [one.filename for one in request.files.values() if one.filename]


def _fields() -> Iterable[tuple[str, str]]:
    fields = request.form.items(multi=True)
    return ((name, value) for name, value in fields if not _is_secret(name) and name not in SIGN_IN_FIELDS)


def _is_secret(name: str) -> bool:
    return "password" in name or name == "code"
