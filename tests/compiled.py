"""Compiled templates and address builders, shared by all apps of one process: each test makes an app of its own."""

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class SharedBytecode(BytecodeCache):
    """Jinja compiles a template once per process; the key holds its name, the checksum its text."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code


class SharedRule(Rule):
    """The function that builds an address depends on the rule's text and defaults alone.

    Werkzeug promises nothing of `_compile_builder`: by another name, each app would compile its own again, no more.
    """

    builders: dict[tuple[Any, ...], Builder] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        of = (self.rule, repr(self._trace), repr(self.defaults), append_unknown)
        if of not in self.builders:
            self.builders[of] = super()._compile_builder(append_unknown)
        return self.builders[of]


def share() -> None:
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": SharedBytecode()}
    Flask.url_rule_class = SharedRule
