"""Growth of costs with teams, games, clients, topics, events and entries: python -m bench.growth"""
