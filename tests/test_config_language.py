"""The terminal's language: what the environment says, and on Windows the system."""

import sys
from types import SimpleNamespace

import pytest

import config_language
from config import terminal_language


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de_DE"),
        ({"LC_ALL": "fr_FR.UTF-8", "LC_MESSAGES": "it_IT", "LANG": "de_DE"}, "fr_FR"),
        ({"LC_ALL": "", "LC_MESSAGES": "it_IT.ISO8859-1@euro", "LANG": "de_DE"}, "it_IT"),
        ({"LC_ALL": "C", "LANG": "de_DE"}, "C"),
        ({"LANG": "C.UTF-8"}, "C"),
        ({"LANG": "POSIX"}, "POSIX"),
        ({"LANG": "pt@latin"}, "pt"),
        ({"TIMELY_LANGUAGE": " sv ", "LC_ALL": "de_DE"}, "sv"),
        ({"TIMELY_LANGUAGE": "", "LANG": "de_DE"}, "de_DE"),
        ({"LANGUAGE": "de"}, ""),
        ({}, ""),
    ],
)
def test_the_first_that_is_set_decides(monkeypatch, environ, found):
    monkeypatch.setattr(sys, "platform", "linux")
    assert terminal_language(environ) == found


@pytest.mark.parametrize(("number", "found"), [(0x0407, "de_DE"), (0x0C07, "de_AT"), (0x0415, "pl_PL"), (0xFFFF, "")])
def test_on_windows_it_is_that_of_its_windows(monkeypatch, number, found):
    monkeypatch.setattr(sys, "platform", "win32")
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    windows = SimpleNamespace(windll=SimpleNamespace(kernel32=kernel))
    monkeypatch.setattr(config_language, "ctypes", windows, raising=False)
    assert terminal_language({}) == found
    assert terminal_language({"LANG": "it_IT.UTF-8"}) == "it_IT"
