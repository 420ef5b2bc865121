"""Fault: what is wrong, where, and how to put it right."""

# A path and a message are read by a person, whatever stood in the file: its keys may be as long as it is.
LONGEST_PATH, LONGEST_MESSAGE = 200, 1000


class ValidationError(ValueError):
    """Something that was given cannot be right; *path* says where, such as `rules.tiebreakers[2]`."""

    def __init__(self, path: str, message: str) -> None:
        path, message = _cut(path, LONGEST_PATH), _cut(message, LONGEST_MESSAGE)
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.message = message

    @property
    def sentence(self) -> str:
        """The message as a sentence of its own, for whoever sees beside it what it is about."""
        return f"{self.message[0].upper()}{self.message[1:]}."


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
