"""Errors that a service raises instead of making a change."""


class RuleBroken(Exception):
    """The change is against the rules of the game or of Timely. `field` names the form field, where there is one.

    `code` is its name in the API: "final" asks for a reason.
    """

    def __init__(self, message: str, *, field: str = "", code: str = "refused"):
        super().__init__(message)
        self.message = message
        self.fields = {field: message} if field else {}
        self.code = code


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
            "Teams or games have changed since this was shown. Look at it again before making it.", code="stale"
        )


class NotAllowed(Exception):
    """This person may not do this, although another may."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message
