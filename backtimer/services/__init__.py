"""Moments: a command or the time becomes events, stored and announced. QtCore only."""
