"""The nouns that every other layer speaks. No Qt, no input or output."""
