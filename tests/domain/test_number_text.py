"""Large numbers are parted as the reader's language does."""

from gettext import NullTranslations

import pytest

from timely.domain.number_text import thousands
from timely.domain.translation import Language, in_language


class German(NullTranslations):
    def pgettext(self, context: str, message: str) -> str:
        return message.replace(",", ".")


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (999, "999"), (1000, "1,000"), (65_042, "65,042"), (1_000_000, "1,000,000"), (12_003_004, "12,003,004")],
)
def test_thousands_are_parted(number, text):
    assert str(thousands(number)) == text == f"{number:,}"
    with in_language(Language("de", German())):
        assert str(thousands(number)) == text.replace(",", ".")
