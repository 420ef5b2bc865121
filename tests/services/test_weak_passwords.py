"""Weak passwords: refused if everybody would try them."""

import pytest

from tests.costs import cpu_seconds
from timely.extensions import db
from timely.models import User
from timely.services import passwords, people
from timely.services.errors import RuleBroken
from timely.services.setup import make_first_administrator
from timely.services.weak_passwords import is_weak

COMMON = (
    *("12345678", "password", "        ", "\t \u00a0\u2003     ", "87654321", "123456789", "11111111", "aaaaaaaa"),
    *("Password1", "P@ssw0rd!", "passw0rd2026", "password123!", "Passwort1", "motdepasse", "contrasena1"),
    *("qwertyui", "QWERTZ123", "azertyuiop", "asdfghjkl", "1q2w3e4r", "1qaz2wsx", "qwerty123456", "zxcvbnm,./"),
    *("abcabcabc", "abababab", "12121212", "hallohallo", "iloveyou", "football1", "F00tball!", "letmein!!"),
    *("changeme", "12345679"),
    *("19850412", "12081984", "summer2026", "Liverpool1!", "admin123", "timely2026", "йцукенгш"),
    *("пароль12", "!!!!!!!!", "1234567890123456", "q  7  x  "),
)
FINE = (
    *("a long enough password", "long enough", "another one", "correct horse battery staple", "three wise goats"),
    *("kestrel under rain", "Xk7#pq9vLm", "summer password", "9f3kq72mzd", "480219375516", "ÄpfelImKeller"),
    *("密码由四个词组成", "ash birch cedar"),
)


@pytest.mark.parametrize("password", COMMON)
def test_common_ones(password):
    assert is_weak(password)


@pytest.mark.parametrize("password", FINE)
def test_fine_ones(password):
    assert not is_weak(password, ["Olga", "Harbour Cup", "St. Patrick's Hall"])


@pytest.mark.parametrize(
    "password",
    [
        *("harbourcup", "Harbour Cup 2026", "harbour26!", "cup harbour"),
        *("olga1234", "Olga Harbour", "0lgapassword", "patrickshall"),
    ],
)
def test_names_that_the_hall_knows(password):
    assert is_weak(password, ["Olga", "Harbour Cup", "St. Patrick's Hall"])


def test_the_longest_is_looked_through_quickly():
    names = [f"{word} {number}" for number in range(250) for word in ("Harbour Cup", "Saturday League")]
    texts = ("a1" * 99 + "xy", "passwor" * 28, "qwertz0" * 28 + "a", "\u0130" * 200)
    assert cpu_seconds(lambda: [is_weak(text, names) for text in texts], 0.4) < 0.4


def test_every_door_refuses_them(in_app, make_event, monkeypatch):
    monkeypatch.setattr(passwords, "METHOD", "scrypt:128:8:1")
    make_event(name="Harbour Cup")
    olga = people.create_user("Olga", "long enough", "organiser", by=None)
    for password in ("12345678", "Harbour Cup 26", "olga 2026!"):
        for action in (
            lambda password: people.set_password(olga, password, by=None),
            lambda password: people.create_user("Olga B", password, "organiser", by=None),
        ):
            with pytest.raises(RuleBroken, match="among the first") as broken:
                action(password)
            assert list(broken.value.fields) == ["password"]
    for password in ("password", "ada.2026"):
        with pytest.raises(RuleBroken, match="among the first"):
            make_first_administrator("Ada", password)
    assert [user.name for user in db.session.query(User)] == ["Olga"]
