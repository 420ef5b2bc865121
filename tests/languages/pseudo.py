"""Pseudo-language: every message accented letter by letter, 40 % longer and in brackets, so that what is not translated
is seen at once: plain letters.
"""

import re
from gettext import NullTranslations

from timely.domain.translation import Language

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "áƀçđéƒĝĥíĵķļɱñóþǫřšţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞǪŘŠŢÚṼŴẊÝŽ"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
# What a translator leaves as it is: placeholders, tags, entities.
KEPT = re.compile(r"(%\(\w+\)[sd]|%%|\{\}|</?\w+[^>]*>|&\w+;)")
LONGER = 0.4


def pseudo(message: str) -> str:
    parts = KEPT.split(message)
    text = "".join(part if at % 2 else part.translate(ACCENTS) for at, part in enumerate(parts))
    return f"⟦{text}{'·' * round(LONGER * len(message))}⟧"


class PseudoTranslations(NullTranslations):
    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return pseudo(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)


PSEUDO = Language("xp", PseudoTranslations())
