"""What a check has found: a line for each failure, and one for all, as tools/test reads them."""

import threading


class Tally:
    """Counts for all threads of a check. `shows_all`: what passed has a line too."""

    def __init__(self, shows_all=False):
        self.passed = self.failed = 0
        self._shows_all = shows_all
        self._lock = threading.Lock()

    def check(self, is_right, words):
        with self._lock:
            if is_right:
                self.passed += 1
            else:
                self.failed += 1
            if self._shows_all or not is_right:
                print(f"{'✓' if is_right else '✗'} {words}", flush=True)

    def end(self):
        """Prints the sums; the exit status."""
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0
