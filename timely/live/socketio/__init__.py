"""Socket.IO transport. In `timely/` only this package uses private names of servers and WebSockets, behind checks."""
