"""ValidationError: what is wrong, where, and how to correct it."""

from timely.domain.translation import Text

# Path and message are read by a person, but may quote keys of a file, which can be of any length.
LONGEST_PATH, LONGEST_MESSAGE = 200, 1000


class ValidationError(ValueError):
    """A given value cannot be right; *path* says where, such as `rules.tiebreakers[2]`.

    The message is a clause: it is read behind its path, or made a sentence. It may be lazy, as may a path in words;
    `text` and `where` keep both as they were given.
    """

    def __init__(self, path: Text, message: Text) -> None:
        super().__init__(path, message)
        self.where = path
        self.text = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message

    @property
    def path(self) -> str:
        return _cut(str(self.where), LONGEST_PATH)

    @property
    def message(self) -> str:
        """The message in the reader's language."""
        return _cut(str(self.text), LONGEST_MESSAGE)

    @property
    def sentence(self) -> str:
        """The message as a sentence of its own, for a reader who sees beside it what it is about."""
        message = self.message
        return f"{message[0].upper()}{message[1:]}."


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
