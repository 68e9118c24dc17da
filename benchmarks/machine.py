"""What machine a benchmark ran on, so that its figures can be read."""

import os
import platform


def describe() -> str:
    """One line: system, processor count, memory in GiB, Python."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    memory = pages * size / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors,"
        f" {memory:.0f} GiB, Python {platform.python_version()}"
    )
