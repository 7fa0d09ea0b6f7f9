"""The folder that a builder is sent: what is in it, and the archive made of it as it goes."""
