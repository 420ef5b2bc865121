"""Everything that tells: topics, what is watched, messages, the hub, followers, pipes."""
