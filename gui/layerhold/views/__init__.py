"""Widgets that stay on screen: they show a model, and announce what the user wishes."""
