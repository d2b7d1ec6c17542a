"""Judging a network from the ledger: what it brings, how its people keep the rules, and why each figure is so."""
