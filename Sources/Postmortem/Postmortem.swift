// Postmortem
