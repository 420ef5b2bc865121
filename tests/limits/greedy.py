"""Attacks by clients that subscribe to a whole event without end and never read, on every transport."""

from tests.limits.apart import Apart
from tests.limits.attacks import Clients, Target, attack

CONNECTIONS = 300


def unread(target: Target, way: str) -> Clients:
    return [Apart("tests.limits.unread", target.port, CONNECTIONS * target.scale, way, target.large_id)]


@attack("300 sockets that subscribe again and again and never read")
def greedy_sockets(target: Target) -> Clients:
    return unread(target, "sockets")


@attack("300 plain WebSockets that subscribe again and again and never read")
def greedy_plain_sockets(target: Target) -> Clients:
    return unread(target, "plain_sockets")


@attack("300 sessions on long-polling that subscribe again and again and never poll")
def greedy_sessions(target: Target) -> Clients:
    return unread(target, "sessions")


@attack("300 event streams that never read")
def greedy_streams(target: Target) -> Clients:
    return unread(target, "streams")


@attack("300 event streams that hang up and come again, and never read")
def returning_streams(target: Target) -> Clients:
    return unread(target, "new_streams")


@attack("300 connections that poll without end and never read")
def greedy_polls(target: Target) -> Clients:
    return unread(target, "polls")
