"""Refusals before the app is reached, in the language of whoever asked."""

import json
from gettext import NullTranslations

from timely.domain.translation import Language, in_language
from timely.limits.busy_response import busy
from timely.limits.connections_per_address import refusal


class Loud(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"<{message.upper()}>"


LOUD = Language("xl", Loud())


def test_the_page_of_a_busy_server_names_its_language():
    assert '<html lang="en">' in busy(is_api=False)[2].decode()
    with in_language(LOUD):
        page = busy(is_api=False)[2].decode()
    assert '<html lang="xl">' in page
    assert "<h1>&lt;ONE MOMENT, PLEASE&gt;</h1>" in page


def test_refusals_to_programs_have_the_length_that_they_say():
    with in_language(LOUD):
        answers = [busy(is_api=True)[1:], refusal()]
    for headers, body in answers:
        assert json.loads(body)["error"]["message"].isupper()
        assert dict(headers)["Content-Length"] == str(len(body))
