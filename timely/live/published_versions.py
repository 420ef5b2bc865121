"""Versions up to which topics are published here: a topic in every language, or further in some of them.

Another worker's message brings a topic further in the languages in which it was built there; what the subscribers here
follow in others is built here.
"""

from collections.abc import Collection, Mapping


class PublishedVersions:
    """Read and written by the hub alone. A topic that is not known is published up to its version 1."""

    def __init__(self, versions: Mapping[str, int] | None = None) -> None:
        self._versions = dict(versions or {})
        self._ahead: dict[str, dict[str, int]] = {}  # by topic, then by the code of a language

    def of(self, topic: str) -> int:
        """The version up to which the topic is published in every language."""
        return self._versions.get(topic, 1)

    def in_language(self, topic: str, code: str) -> int:
        return max(self.of(topic), self._ahead.get(topic, {}).get(code, 0))

    def set(self, topic: str, version: int) -> None:
        """The topic is published up to *version* in every language that anybody follows."""
        self._versions[topic] = version
        self._ahead.pop(topic, None)

    def set_in_language(self, topic: str, code: str, version: int, followed: Collection[str]) -> bool:
        """Whether it is now published up to *version* in all languages that are *followed*."""
        self._ahead.setdefault(topic, {})[code] = version
        if any(self.in_language(topic, one) < version for one in followed):
            return False
        self.set(topic, version)
        return True
