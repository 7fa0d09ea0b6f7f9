"""The embedded engine: an OCI image layout on disk."""
