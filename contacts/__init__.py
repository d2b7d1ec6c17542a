"""The people and firms we know, and how we stand with them."""
