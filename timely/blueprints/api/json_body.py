"""Validates JSON request bodies: known fields of the right type, or one response that names every wrong field."""

from flask import abort, request
from werkzeug.exceptions import BadRequest

from timely.domain.errors import ValidationError
from timely.domain.json_fields import JsonFields
from timely.domain.storable import REFUSAL, unstorable
from timely.domain.translation import Text, gettext


class BodyFault(Exception):
    """`fields` is {field: what is wrong with it}."""

    def __init__(self, fields: dict[str, Text]):
        super().__init__("some fields cannot be used")
        self.fields = fields


class Body(JsonFields):
    """The body of the current request, whose errors are collected. Read every field, then call `done()`."""

    def __init__(self) -> None:
        if not request.is_json:
            abort(415)
        try:
            data = request.get_json()
        except BadRequest:
            abort(400, gettext("The body is not JSON."))
        except RecursionError:
            abort(400, gettext("The body is nested too deeply."))
        if not isinstance(data, dict):
            abort(400, gettext("The body must be a JSON object."))
        if (where := unstorable(data)) is not None:
            raise BodyFault({where: str(REFUSAL)})
        super().__init__(data)
        self.faults: dict[str, Text] = {}

    def refuse(self, error: ValidationError) -> None:
        self.faults.setdefault(error.path, error.message)

    def done(self) -> None:
        """Raises BodyFault if anything is wrong. Unknown fields are errors too, so that a misspelling is noticed."""
        for name in self.unread():
            self.faults[name[:60]] = gettext("is not a field of this request")
        if self.faults:
            raise BodyFault(self.faults)
