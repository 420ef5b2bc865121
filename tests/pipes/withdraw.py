"""Makes an event private, as another program on this computer would: python -m tests.pipes.withdraw EVENT_ID"""

import sys

from config import Config
from timely import create_app
from timely.extensions import db
from timely.models import Event


def main() -> None:
    app = create_app(Config.from_environment())
    with app.app_context():
        db.session.get_one(Event, int(sys.argv[1])).visibility = "private"
        db.session.commit()


if __name__ == "__main__":
    main()
