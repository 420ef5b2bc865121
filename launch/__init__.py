"""The parts of start.py: makes .venv, installs wheels, checks the port, hands over. Standard library only."""
