"""Encodes a message as a WebSocket frame, whose bytes are the same for every client."""


def frame_of(text: str | bytes) -> bytes:
    """The message as one WebSocket frame from a server: not fragmented, masked or compressed. RFC 6455, 5.2."""
    body, first = (text.encode(), b"\x81") if isinstance(text, str) else (bytes(text), b"\x82")
    size = len(body)
    if size < 126:
        return first + size.to_bytes(1, "big") + body
    if size < 65_536:
        return first + b"\x7e" + size.to_bytes(2, "big") + body
    return first + b"\x7f" + size.to_bytes(8, "big") + body
