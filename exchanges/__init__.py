"""The ledger: what was given, received, promised and asked."""
