"""Engines that hold images, behind one interface. No Qt."""
