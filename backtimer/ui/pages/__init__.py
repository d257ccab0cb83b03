"""The pages of the window: each shows one thing and holds no rule."""
