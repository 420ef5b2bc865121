"""Flask extensions, created without an app; `create_app` initialises them."""

from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sock import Sock
from flask_socketio import SocketIO
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from timely.models.base import Base

db = SQLAlchemy(model_class=Base, session_options={"autoflush": False, "expire_on_commit": True})
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
sock = Sock()
socketio = SocketIO()
