"""Property tests that find the same examples in every run, however busy the machine is."""

from hypothesis import settings

settings.register_profile("formcheck", deadline=None, derandomize=True)
settings.load_profile("formcheck")
