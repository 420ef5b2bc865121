"""Errors that a service raises instead of making a change."""

from timely.domain.translation import Text, lazy_gettext


class RuleBroken(Exception):
    """The change is against the rules of the game or of Timely. `field` names the form field, where there is one.

    `code` is its name in the API: "final" asks for a reason. The message may be lazy, and `text` keeps it so.
    """

    def __init__(self, message: Text, *, field: str = "", code: str = "refused"):
        super().__init__(message)
        self.text = message
        self.field = field
        self.code = code

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """The message in the reader's language."""
        return str(self.text)

    @property
    def fields(self) -> dict[str, str]:
        return {self.field: self.message} if self.field else {}


class StaleVersion(Exception):
    """Somebody else saved after the form was drawn: the version, or fingerprint, *seen* is no longer *current*."""

    def __init__(self, seen: int | str, current: int | str):
        super().__init__(f"version {seen} was shown, but {current} is saved now")
        self.seen, self.current = seen, current


def require_current(seen: int | str | None, current: int | str) -> None:
    """Raises StaleVersion if the version that was shown is not the saved one; None means no check."""
    if seen is not None and seen != current:
        raise StaleVersion(seen, current)


def require_fingerprint(seen: str | None, now: str) -> None:
    """Raises RuleBroken, with the code "stale", if the plan that was shown is not the plan that would be made now."""
    if seen is not None and seen != now:
        raise RuleBroken(
            lazy_gettext("Teams or games have changed since this was shown. Look at it again before making it."),
            code="stale",
        )


class NotAllowed(Exception):
    """This person may not do this, although another may."""

    def __init__(self, message: Text):
        super().__init__(message)
        self.text = message

    @property
    def message(self) -> str:
        """The message in the reader's language."""
        return str(self.text)
