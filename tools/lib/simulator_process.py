"""agent-simulator as a process, for the checks of tools/."""

import atexit
import os
import subprocess

WAIT = 20
KEY = "key-of-the-conversations"


class Simulator:
    """agent-simulator on a free port."""

    def __init__(self, programs, manner):
        program = os.path.join(programs, "agent-simulator")
        self.process = subprocess.Popen(
            [program, "--port", "0", "--manner", manner, "--token-delay", "1", "--key", KEY],
            stdout=subprocess.PIPE,
            text=True,
        )
        # It does not outlive this process, however that ends.
        atexit.register(self.process.kill)
        line = self.process.stdout.readline()
        if "listening on" not in line:
            raise RuntimeError(f"agent-simulator does not start: {line!r}")
        self.url = line.split()[-1]

    def stop(self):
        self.process.terminate()
        self.process.stdout.close()
        return self.process.wait(WAIT)
