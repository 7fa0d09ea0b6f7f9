"""An engine behind the Docker API: Docker itself, or Podman's compatible service."""
