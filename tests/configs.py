"""Settings that are refused, in the sentence that somebody gets."""

from collections.abc import Mapping

import pytest

from config import Config, ConfigError


def refused(environ: Mapping[str, str]) -> str:
    with pytest.raises(ConfigError) as caught:
        Config.from_environment(environ)
    return str(caught.value)
