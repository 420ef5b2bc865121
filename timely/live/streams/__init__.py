"""Event streams, plain WebSockets and polling: one send queue for each client."""
