"""The numbers that records go by."""

# As far as a script can count, too; a database knows larger numbers, but none of ours will come to them.
LARGEST_ID = 2**53 - 1


def read_id(text: str) -> int:
    """The id that is spelled so; 0, which no record has, for anything else."""
    is_id = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID)) and int(text) <= LARGEST_ID
    return int(text) if is_id else 0
