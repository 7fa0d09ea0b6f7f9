"""Threads. The only layer that has them; what they find arrives on the GUI thread."""
