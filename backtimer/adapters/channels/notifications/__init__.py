"""Notifications of the desktop, with buttons where it has them."""
