"""The company, its people, their keys and its logbook."""
