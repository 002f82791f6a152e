"""docs/performance.md: the tables in it are written by the benchmark, all else by people.

What belongs to a part stands between `<!-- NAME -->` and `<!-- /NAME -->`.
"""

import re

from processes import BenchError


def replace(page, name, content):
    """The page with another content between the marks of a name."""
    marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not marks.search(page):
        raise BenchError(f"docs/performance.md has no place for '{name}'")
    return marks.sub(lambda found: f"{found[1]}\n{content}\n\n{found[2]}", page, count=1)


def write(path, contents):
    with open(path, encoding="utf-8") as file:
        page = file.read()
    for name, content in contents.items():
        page = replace(page, name, content)
    with open(path, "w", encoding="utf-8") as file:
        file.write(page)
