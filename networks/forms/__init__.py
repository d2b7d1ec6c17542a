"""The shape of what is typed about networks: one short form each."""
