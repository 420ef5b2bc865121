"""Flask extensions, created without an app; `create_app` initialises them."""

from typing import Any

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sock import Sock
from flask_socketio import SocketIO
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine

from timely.models.base import Base


class OneDatabaseSession(Session):
    """Finds the app's only engine once. Its parent looks for one for each statement and each record of a flush."""

    _found: Engine | None = None

    def get_bind(
        self, mapper: Any = None, clause: Any = None, bind: Engine | Connection | None = None, **more: Any
    ) -> Engine | Connection:
        if self._found is None:
            self._found = db.engine
        return bind or self._found


db = SQLAlchemy(
    model_class=Base,
    session_options={"class_": OneDatabaseSession, "autoflush": False, "expire_on_commit": True},
)
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
sock = Sock()
socketio = SocketIO()
# For the messages of WTForms, which Flask-WTF translates by it; templates have web/template_translation.py.
babel = Babel(configure_jinja=False)
