"""Event streams, plain WebSockets and polling: one send queue per client."""
