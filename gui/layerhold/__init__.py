"""Layerhold: the images of your container engines, seen and changed safely.

The layers, lowest first: `domain` (nouns), `engine` (talks to Docker and Podman), `planning` (what
a change would do), `jobs` (threads), `library` (what we know now), `models`, `dialogs`, `actions`,
`views`, and `application`, which connects them. Qt begins at `jobs`.
"""

__version__ = "0.1.0"
