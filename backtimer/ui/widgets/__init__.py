"""Painted widgets that take plain values and emit signals; they know nothing about care."""
