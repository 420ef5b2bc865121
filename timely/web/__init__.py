"""What every request passes: middleware, hosts, CORS, headers, sessions, caches, errors, the access log."""
