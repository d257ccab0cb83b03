"""Compares backtimer with the smallest PySide6 program: `make bench`, or ARGS="start --runs 3"."""
