"""Plain Flask-SocketIO on eventlet, as it comes: python plain.py PORT MESSAGE. POST /fire/7 emits round 7 to everybody.

Only the number of clients is raised, for eventlet's server would let no more than 1,024 in.
"""

import eventlet

eventlet.monkey_patch()

import json
import sys
from pathlib import Path

from flask import Flask
from flask_socketio import SocketIO, join_room

app = Flask(__name__)
socketio = SocketIO(app, async_mode="eventlet")
message = json.loads(Path(sys.argv[2]).read_text("utf-8"))


@socketio.on("connect")
def connect() -> None:
    join_room("results")


@app.post("/fire/<int:number>")
def fire(number: int) -> str:
    message["data"]["results"][0]["home_score"] = number
    socketio.emit("message", message, to="results")
    return ""


if __name__ == "__main__":
    socketio.run(app, "127.0.0.1", int(sys.argv[1]), max_size=20_000)
