"""Questions to the user, one file each, each with one `ask`."""
