"""Everything about one image, below the list."""
