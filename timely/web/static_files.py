"""Static files: sheets as they are put together, everything else as it lies in static/."""

from flask import Flask, Response, current_app, request

from timely.web import sheet_bundle


def init_app(app: Flask) -> None:
    app.endpoint("static")(send)


def send(filename: str) -> Response:
    """Stands in for Flask's own view, whose address, headers and counts it keeps."""
    if filename not in sheet_bundle.SHEETS:
        return current_app.send_static_file(filename)
    answer = Response(sheet_bundle.text(filename), mimetype="text/css")
    answer.add_etag()
    answer.make_conditional(request)
    return answer
