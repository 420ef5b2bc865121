"""Flask's request with bounded form parsing and recorded query arguments."""

from flask import Request
from werkzeug.utils import cached_property

from timely.web.body_limits import FormParser
from timely.web.query_arguments import Arguments, arguments_read


class TimelyRequest(Request):
    form_data_parser_class = FormParser

    @cached_property
    def args(self) -> Arguments:
        found = Arguments(super().args)
        found.read = arguments_read(self)
        return found
