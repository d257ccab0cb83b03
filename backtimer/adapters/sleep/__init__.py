"""Keeping the machine awake while a pack is on, and hearing that it slept all the same."""
