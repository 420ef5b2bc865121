"""What start.py does: makes .venv, installs wheels, checks the port, hands over. Standard library only."""
