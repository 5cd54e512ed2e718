"""What holds for every test."""

from hypothesis import settings

settings.register_profile("house", deadline=None)  # a busy machine is no finding; speed is for tests/bench
settings.load_profile("house")
