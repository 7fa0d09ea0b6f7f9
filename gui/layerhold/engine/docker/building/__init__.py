"""Building images: with the engine's own builder, or with BuildKit through `docker buildx`."""
