"""Database access: engine, write transactions, upgrade at start, error texts. Stands above the models."""
