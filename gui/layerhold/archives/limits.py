"""How much an archive may hold, so that reading any takes less than 64 MB of memory.

Ten thousand images of ten layers and a few tags each are well within.
"""

MOST_HEADERS = 400_000
MOST_PARTS = 100_000
MOST_IMAGES = 20_000
MOST_MANIFESTS = 50_000
MOST_TAGS = 50_000
MOST_LAYERS = 110_000
"""Of all images, each counted by itself, although they may be the same."""
MOST_LAYERS_OF_ONE = 1_000
"""Docker itself stops at 127."""
MOST_PROBLEMS_OF_ONE = 16
"""That are worth telling of one image."""
LARGEST_DOCUMENT = 16 << 20
"""Bytes; a `manifest.json` of 10,000 images has about 8 MB, and registries take 4 MB."""
MOST_VALUES = 300_000
"""In one document; they take more memory once they are read."""
ALL_DOCUMENTS = 128 << 20
"""Bytes; those of 10,000 images have about 60 MB."""
LONGEST_PADDING = 64 << 20
"""Bytes of zeros after the end of a tar."""
