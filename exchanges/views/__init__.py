"""What the browser asks of the ledger, one module per noun."""
