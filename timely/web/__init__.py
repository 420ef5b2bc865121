"""Request handling: middleware, hosts, CORS, headers, sessions, caches, errors, access log."""
