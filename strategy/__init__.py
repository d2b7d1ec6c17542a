"""What the company wants, before any network is shown."""
