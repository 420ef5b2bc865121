"""Django Channels under daphne, with the in-memory layer; TIMELY_BENCH_MESSAGE names the message's file.

POST /fire/7 sends round 7 to the group in which everybody is.
"""

import json
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.asgi import get_asgi_application

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of a measurement alone",
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
)
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.http import HttpRequest, HttpResponse
from django.urls import path

message = json.loads(Path(os.environ["TIMELY_BENCH_MESSAGE"]).read_text("utf-8"))


class Screen(AsyncWebsocketConsumer):
    """One client, which only listens."""

    groups = ["results"]

    async def told(self, event: dict[str, str]) -> None:
        await self.send(text_data=event["text"])


async def fire(request: HttpRequest, number: int) -> HttpResponse:
    message["data"]["results"][0]["home_score"] = number
    text = json.dumps(message, separators=(",", ":"))
    await get_channel_layer().group_send("results", {"type": "told", "text": text})
    return HttpResponse()


urlpatterns = [path("fire/<int:number>", fire)]
application = ProtocolTypeRouter(
    {"http": get_asgi_application(), "websocket": URLRouter([path("results", Screen.as_asgi())])}
)
