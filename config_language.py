"""Locale of the system, by which the terminal is spoken to. Standard library only, like config.py."""

import locale
import sys
from collections.abc import Mapping

if sys.platform == "win32":
    import ctypes

# The first that is set decides, as POSIX has it for messages.
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def system_locale(environ: Mapping[str, str]) -> str:
    """Such as "de_DE" or "pt"; "C" and "POSIX" as they are, and "" if the system says none.

    Windows sets none of the variables: there it is the language of its own windows.
    """
    given = next((environ[name] for name in VARIABLES if environ.get(name)), "")
    if not given and sys.platform == "win32":
        given = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return given.partition(".")[0].partition("@")[0]
