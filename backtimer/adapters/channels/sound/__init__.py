"""The alarm’s own sounds, on a device that is chosen or usual."""
