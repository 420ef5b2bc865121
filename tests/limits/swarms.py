"""Attacks by many connections of one address that send requests without end, while a normal client measures."""

import json
import time
import urllib.error
import urllib.request

from tests.limits.apart import Apart
from tests.limits.attacks import Clients, Target, attack

CONNECTIONS = 100


def swarm(target: Target, way: str, connections: int = CONNECTIONS) -> Clients:
    return [Apart("tests.limits.swarm", target.port, connections * target.scale, way, slug_of(target))]


def slug_of(target: Target) -> str:
    """Asked again as the answer says, where the attack before this one has spent what the address may use."""
    give_up_at = time.monotonic() + 30
    while True:
        try:
            url = f"http://127.0.0.1:{target.port}/api/events/{target.event_id}/"
            with urllib.request.urlopen(url, timeout=20) as answer:
                return str(json.load(answer)["slug"])
        except urllib.error.HTTPError as refusal:
            if refusal.code != 429 or time.monotonic() > give_up_at:
                raise
            time.sleep(float(refusal.headers["Retry-After"]))


@attack("100 connections that ask pages with random queries")
def random_queries(target: Target) -> Clients:
    return swarm(target, "queries")


@attack("100 connections that ask pages with random values of known queries")
def random_values(target: Target) -> Clients:
    return swarm(target, "known_queries")


@attack("100 connections that ask for a random day each time")
def random_days(target: Target) -> Clients:
    return swarm(target, "days")


@attack("100 connections that try addresses that do not exist")
def random_addresses(target: Target) -> Clients:
    return swarm(target, "scans")


@attack("100 connections that ask under random names, with random cookies")
def random_hosts(target: Target) -> Clients:
    return swarm(target, "hosts")


@attack("10 connections that send forms in chunks of one byte")
def small_chunks(target: Target) -> Clients:
    return swarm(target, "small_chunks", 10)


@attack("10 connections that send a body in chunks of one byte with a GET")
def bodies_of_questions(target: Target) -> Clients:
    return swarm(target, "bodies_of_questions", 10)
