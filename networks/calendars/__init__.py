"""A calendar file becomes events, events become meetings of a network; meetings become a calendar file."""
