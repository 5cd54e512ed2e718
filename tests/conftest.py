"""What holds for every test."""

import signal

from hypothesis import settings

settings.register_profile("house", deadline=None)  # a busy machine is no finding; speed is for tests/bench
settings.load_profile("house")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background by a shell, this process ignores Ctrl-C, and so would every process that a test starts
    # and then ends with it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
