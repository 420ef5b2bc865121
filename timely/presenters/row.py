"""Row type: plain JSON with the values and texts that page, API and live message share."""

from typing import Any

Row = dict[str, Any]
