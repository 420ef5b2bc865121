"""ValidationError: what is wrong, where, and how to correct it."""

# Path and message are read by a person, but may quote keys of a file, which can be of any length.
LONGEST_PATH, LONGEST_MESSAGE = 200, 1000


class ValidationError(ValueError):
    """A given value cannot be right; *path* says where, such as `rules.tiebreakers[2]`."""

    def __init__(self, path: str, message: str) -> None:
        path, message = _cut(path, LONGEST_PATH), _cut(message, LONGEST_MESSAGE)
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.message = message

    @property
    def sentence(self) -> str:
        """The message as a sentence of its own, for a reader who sees beside it what it is about."""
        return f"{self.message[0].upper()}{self.message[1:]}."


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
