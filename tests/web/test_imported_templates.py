"""Macros that pages import: their modules are made once for all readers."""

from gettext import NullTranslations

import pytest

from timely.domain.translation import Language, in_language


class Recorder(NullTranslations):
    def __init__(self):
        super().__init__()
        self.asked = []

    def gettext(self, message):
        self.asked.append(message)
        return message

    def ngettext(self, singular, plural, number):
        return self.gettext(singular)

    def pgettext(self, context, message):
        return self.gettext(message)

    def npgettext(self, context, singular, plural, number):
        return self.gettext(singular)


@pytest.fixture
def recorder():
    recorder = Recorder()
    with in_language(Language("xx", recorder)):
        yield recorder


def test_no_text_is_translated_while_a_file_of_macros_is_imported(app, recorder):
    templates = [name for name in app.jinja_env.list_templates() if name.startswith("_macros/")]
    assert len(templates) > 10
    for name in templates:
        app.jinja_env.get_template(name).make_module()
        assert not recorder.asked, name


def test_the_way_out_of_a_form_is_translated_for_each_reader(app, recorder):
    assert app.jinja_env.get_template("_macros/forms.html").module.leave() == "Back without saving"
    assert recorder.asked == ["Back without saving"]


def test_entrants_have_their_own_words(app):
    module = app.jinja_env.get_template("_macros/entrants.html").module
    assert [str(module.head(one)) for one in ("team", "pair", "person")] == ["Team", "Pair", "Player"]
    assert str(module.count("team", 1)) == "1 team"
    assert str(module.count("person", 8)) == "8 players"
