"""What opens over the window and asks or shows one thing."""
