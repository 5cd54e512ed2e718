"""A disk that takes a millisecond longer for each flush: fsync and fdatasync wait before they work.

The disk of a virtual machine answers a flush in 30 to 40 µs, a real one in 0.5 to 5 ms; what groups commits only shows
on a slow one. A few lines of C are compiled when a benchmark needs them and preloaded into the process that flushes;
no binary is kept. Without a C compiler the benchmark is left out and says so.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SOURCE = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
static void slowly(void) { struct timespec one = {0, 1000000}; nanosleep(&one, 0); }
int fsync(int file) {
    static int (*real)(int); if (!real) real = dlsym(RTLD_NEXT, "fsync"); slowly(); return real(file);
}
int fdatasync(int file) {
    static int (*real)(int); if (!real) real = dlsym(RTLD_NEXT, "fdatasync"); slowly(); return real(file);
}
"""


def slow_disk(folder: Path) -> str:
    """What LD_PRELOAD must be; "" where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return ""
    source, library = folder / "slow_flush.c", folder / "slow_flush.so"
    source.write_text(SOURCE)
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return str(library)
