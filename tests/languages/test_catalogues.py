"""Catalogues: found in folders, compiled once for each content, refused with the line that is wrong."""

import errno
import os
from pathlib import Path

import pytest

from tests.languages.folders import add_language
from timely.domain.translation import ENGLISH, gettext, in_language, ngettext, pgettext
from timely.languages.catalogues import CatalogueError, find_languages, load
from timely.languages.locales import own_name

RESULTS = 'msgid "Result"\nmsgstr "Ergebnis"\n\nmsgid "%(num)s game"\nmsgid_plural "%(num)s games"\n'
RESULTS += 'msgstr[0] "%(num)s Spiel"\nmsgstr[1] "%(num)s Spiele"\n\nmsgctxt "tennis"\nmsgid "court"\nmsgstr "Platz"\n'


def test_a_language_more_is_one_folder(tmp_path):
    add_language(tmp_path, "de", RESULTS)
    add_language(tmp_path, "da")
    found = find_languages(tmp_path)
    assert list(found) == ["da", "de", "en"]  # dansk, Deutsch, English
    assert found["en"] is ENGLISH
    with in_language(found["de"]):
        assert gettext("Result") == "Ergebnis"
        assert ngettext("%(num)s game", "%(num)s games", 2) == "2 Spiele"
        assert pgettext("tennis", "court") == "Platz"
        assert gettext("Not in it") == "Not in it"


def test_it_is_compiled_once_for_each_content(tmp_path):
    path = add_language(tmp_path, "de", RESULTS)
    load(path)
    (compiled,) = path.parent.glob("*.mo")
    add_language(tmp_path, "de", RESULTS.replace("Ergebnis", "Resultat"))
    os.utime(path, (1, 1))
    with in_language(load(path)):
        assert gettext("Result") == "Resultat"
    (newer,) = path.parent.glob("*.mo")
    assert newer.name != compiled.name


def test_a_compiled_file_that_is_damaged_is_made_again(tmp_path):
    path = add_language(tmp_path, "de", RESULTS)
    load(path)
    (compiled,) = path.parent.glob("*.mo")
    compiled.write_bytes(b"half")
    os.utime(path, (1, 1))
    with in_language(load(path)):
        assert gettext("Result") == "Ergebnis"


def test_a_folder_that_cannot_be_written_is_read_all_the_same(tmp_path, monkeypatch):
    path = add_language(tmp_path, "de", RESULTS)

    def refuse(*arguments):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with in_language(load(path)):
        assert gettext("Result") == "Ergebnis"


@pytest.mark.parametrize(
    ("entries", "line"),
    [
        ('msgid "Result"\nmsgstr "Ergebnis\n', 7),
        ('msgid "Result"\nmsgstr "Er"gebnis"\n', 7),
        ('msgid "Result"\nmsgfehler "Ergebnis"\n', 7),
        ('#, python-format\nmsgid "%(team)s wins"\nmsgstr "%(mannschaft)s gewinnt"\n', 7),
        ('#, python-format\nmsgid "%(team)s wins"\nmsgstr "%(team)d gewinnt"\n', 7),
    ],
)
def test_a_broken_catalogue_is_refused_with_its_line(tmp_path, entries, line):
    path = add_language(tmp_path, "de", entries)
    with pytest.raises(CatalogueError, match=rf"messages\.po, line {line}: "):
        load(path)


def test_what_is_no_catalogue_is_refused(tmp_path):
    path = add_language(tmp_path, "de")
    path.write_bytes(b"\xff\xfe\x00" * 30)
    with pytest.raises(CatalogueError, match=r"messages\.po"):
        load(path)
    with pytest.raises(CatalogueError, match="there is no language 'nowhere'"):
        load(add_language(tmp_path, "nowhere"))


def test_languages_call_themselves_by_their_own_names():
    assert [own_name(code) for code in ("de", "fr", "sv")] == ["Deutsch", "Français", "Svenska"]
