"""What the library knows, as Qt roles."""
