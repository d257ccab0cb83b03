"""The ways to reach the person, one module each, behind the port `Channel`."""
