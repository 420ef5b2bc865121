"""Program that saves results and draws pages in the app of the tree that it is run in, as its input asks for.

    python asked_program.py TOKEN EVENT_ID

Each line of its input is a JSON object: {"save": id of a game, "score": …}, with its message to one follower, or
{"page": path, "lang": …}. Each line of its output is the processor time in ms. It imports what every tree has.
"""

import json
import sys
import time
from pathlib import Path

# More than the tenth of a second in which a topic is published once.
GAP_SECONDS = 0.12


def main(token: str, event_id: int) -> None:
    sys.path.insert(0, str(Path.cwd()))
    from config import Config
    from timely import create_app
    from timely.extensions import socketio

    app = create_app(Config.from_environment())
    hub = app.extensions["timely.hub"]
    hub.begin()
    follower = socketio.test_client(app, flask_test_client=app.test_client())
    follower.emit("subscribe", {"event_id": event_id, "topics": ["results"]}, callback=True)
    client = app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {token}"}

    def save(game: int, score: int) -> float:
        time.sleep(GAP_SECONDS)
        follower.get_received()
        body = {"home_score": score, "away_score": 0, "reason": "measured"}
        began = time.thread_time()
        answer = client.put(f"/api/fixtures/{game}/result/", json=body, headers=headers)
        hub.publish_pending()
        took = time.thread_time() - began
        if answer.status_code not in (200, 201):
            raise RuntimeError(f"game {game} was answered by {answer.status_code}: {answer.text}")
        told = [one["args"]["type"] for one in follower.get_received() if one["name"] == "message"]
        if told.count("results_update") != 1:
            raise RuntimeError(f"the result of game {game} was told by {told}")
        return took

    def draw(path: str, language: str) -> float:
        began = time.thread_time()
        answer = client.get(path)
        took = time.thread_time() - began
        if answer.status_code != 200 or f'<html lang="{language}"' not in answer.text:
            raise RuntimeError(f"{path} was answered by {answer.status_code}, not in {language}")
        return took

    for line in sys.stdin:
        asked = json.loads(line)
        took = save(asked["save"], asked["score"]) if "save" in asked else draw(asked["page"], asked["lang"])
        print(took * 1000, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
