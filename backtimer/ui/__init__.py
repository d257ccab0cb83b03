"""What the person sees: paints state and sends commands, and holds no rule."""
