"""The shape of what is typed about people: the screen of one contact, their networks, several people at once."""
