"""The networks one may join and those we pay in time and money."""
