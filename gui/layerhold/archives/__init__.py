"""Archives of images: tell apart, read, verify, convert, write."""
