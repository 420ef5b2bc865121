"""Interface of a browser engine, the same for every driver."""

import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, ClassVar


class Engine(ABC):
    """One browser with one page, from its start to close(). *version* is what it says of itself."""

    name: ClassVar[str]
    version: str

    def __init__(self) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="timely-engine-", ignore_cleanup_errors=True)
        self.folder = Path(self._temporary.name)
        try:
            self.start()
        except BaseException:
            self.close()
            raise

    @classmethod
    @abstractmethod
    def missing(cls) -> str:
        """A sentence that says what is not installed; empty where nothing is missing."""

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def stop(self) -> None:
        """Also after a start that failed half-way."""

    @abstractmethod
    def open(self, url: str) -> None:
        """Asks for the page; it may not have loaded yet."""

    def close(self) -> None:
        self.stop()
        self._temporary.cleanup()


class WithScript(Engine):
    """An engine that runs the page's script."""

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page. ES5, or the old ones stumble."""


class Plain(Engine):
    """An engine that shows the page as the server wrote it, and loads it again when the page says so."""

    @abstractmethod
    def text(self) -> str:
        """What stands on its screen now."""

    @abstractmethod
    def refresh(self) -> None:
        """As the reader does by hand."""
