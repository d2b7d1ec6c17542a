"""A fictitious metal workshop of 22 people near Nantes, to see NetCRM alive before bringing in one's own contacts."""
