"""The rules of care in plain Python: events in, state and the next moment out."""
