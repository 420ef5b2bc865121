"""What holds off whoever takes more than a share: connections, messages, requests."""
