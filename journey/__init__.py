"""Where you stand and what to do next: the home « Aujourd'hui »."""
