"""Attacks that go on while somebody else looks: many connections of one address, which ask again and again."""

import json
import urllib.request

from tests.guards.apart import Apart
from tests.guards.attacks import Clients, Target, attack

CONNECTIONS = 100


def swarm(target: Target, way: str, connections: int = CONNECTIONS) -> Clients:
    with urllib.request.urlopen(f"http://127.0.0.1:{target.port}/api/events/{target.event_id}/", timeout=20) as answer:
        slug = json.load(answer)["slug"]
    return [Apart("tests.guards.swarm", target.port, connections * target.scale, way, slug)]


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
