"""Record ids: their range, and reading them from text."""

# The largest integer that JavaScript holds exactly; databases go further, but no id of ours will.
LARGEST_ID = 2**53 - 1


def read_id(text: str) -> int:
    """The id in *text*; 0, which no record has, if it is not one."""
    is_id = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID)) and int(text) <= LARGEST_ID
    return int(text) if is_id else 0
