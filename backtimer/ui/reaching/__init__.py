"""The window as a way to the person: over everything, or read from across the room."""
