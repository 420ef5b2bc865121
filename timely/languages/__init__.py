"""Languages: their catalogues, and which of them a reader gets."""
