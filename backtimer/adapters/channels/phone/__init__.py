"""Messages to the person’s phone, and the answer from there."""
