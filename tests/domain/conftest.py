"""Found examples must be the same everywhere, and a slow machine is no failure."""

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "domain",
    max_examples=50,
    derandomize=True,
    deadline=None,
    database=None,
    # Without Phase.explain, which traces every line and takes longer than all the rest.
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("domain")
