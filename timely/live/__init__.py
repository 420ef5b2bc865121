"""Publishing: change log, topics, messages, subscriptions, hub, presence, relay, transports."""
