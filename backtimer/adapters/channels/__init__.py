"""The ways to reach the person, one package each, behind the port `Channel`."""
