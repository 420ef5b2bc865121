"""The database: engine, write transactions, upgrade at start, errors in words. Stands above the models."""
