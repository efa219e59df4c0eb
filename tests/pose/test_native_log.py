from tests.processes import python

SPEAKING = """
import os, threading
from formcheck.pose.native_log import silenced
def say(text): os.write(2, (text + "\\n").encode())
"""


def said(code: str) -> list[str]:
    return python(SPEAKING + code).stderr.split()


def test_what_native_code_says_in_the_block_is_lost() -> None:
    assert said('say("before")\nwith silenced(): say("inside")\nsay("after")') == ["before", "after"]


def test_the_descriptor_is_restored_when_the_block_fails() -> None:
    code = """
try:
    with silenced():
        say("inside")
        raise KeyboardInterrupt
except KeyboardInterrupt:
    say("after")
"""
    assert said(code) == ["after"]


def test_blocks_may_overlap_in_threads() -> None:
    code = """
first_in, second_in, first_out = threading.Event(), threading.Event(), threading.Event()
def first():
    with silenced():
        first_in.set(); second_in.wait()
    first_out.set()
def second():
    first_in.wait()
    with silenced():
        second_in.set(); first_out.wait(); say("inside")
threads = [threading.Thread(target=work) for work in (first, second)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
say("after")
"""
    assert said(code) == ["after"]


def test_no_descriptor_is_left_open() -> None:
    code = """
import sys
def count(): return len(os.listdir("/proc/self/fd"))
before = count()
for _ in range(20):
    with silenced(): pass
say(str(count() - before))
"""
    assert said(code) == ["0"]


def test_a_process_without_standard_error_goes_on() -> None:
    run = python(SPEAKING + "os.close(2)\nwith silenced(): pass\nprint('done')")

    assert run.stdout == "done\n"
