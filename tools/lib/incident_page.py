"""The page that says what each incident is."""

HEAD = """# Incidents

Each file here is the dialogue of one incident, a bundle as `replay export` makes it, with the verdicts of
the time of its export. `IncidentTests` judges and verifies every one of them anew, and holds the table
below against them; a bundle that is put here is tested without further ado, and needs a row.

*recorded*: by `tools/incidents record`, with the real gateway, agent-simulator (its failures are in `#fail:`)
and an IDE that does what is said. *recorded, not again*: so too, but `tools/incidents reproduce`, which has
the others happen again with `replay serve-agent`, a new gateway and `replay drive`, leaves it out. *made by
hand*: today's gateway cannot fail so; rows of another bundle were changed or removed, by the same tool. What
`replay verify` finds in such a log is what it must find.

This page is written by `tools/incidents record`.

| bundle | what happened | how made | verdicts | `replay verify` |
|---|---|---|---|---|
"""


def row(name, what, how, verdicts, findings):
    return f"| {name} | {what} | {how} | {', '.join(verdicts)} | {', '.join(findings) or 'clean'} |\n"


def write(path, incidents, forgeries):
    rows = [
        row(
            one.name,
            one.what,
            f"recorded, not again: {one.not_again}" if one.not_again else "recorded",
            one.expected,
            [],
        )
        for one in incidents
    ]
    rows += [
        row(one.name, one.what, f"made by hand of {one.origin}", one.expected, one.findings)
        for one in forgeries
    ]
    with open(path, "w", encoding="utf-8") as page:
        page.write(HEAD + "".join(sorted(rows)))
