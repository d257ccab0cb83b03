"""The outside world: one module for each thing the program touches, behind the domain's ports."""
