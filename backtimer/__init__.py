"""Backtimer: times ice and heat for a sore back, and says when to take the pack off."""

__version__ = "0.1.0"
