-- One segment of the event log. Rows are appended, never updated or deleted.
CREATE TABLE events(
    -- Global and gapless, assigned by the single writer.
    position   INTEGER PRIMARY KEY,
    -- The stream: one for each connection, never used again; 0 is the gateway itself.
    connection INTEGER NOT NULL,
    -- Place within the stream, from 1, gapless.
    ordinal    INTEGER NOT NULL,
    -- Ordinal of the event in the same stream that led to this one; 0: none.
    cause      INTEGER NOT NULL,
    -- Wall time in microseconds since 1970-01-01T00:00:00Z.
    at         INTEGER NOT NULL,
    -- Kind of event: a number that never changes (docs/event-format.md).
    kind       INTEGER NOT NULL,
    -- Format of this kind's detail and body, from 1.
    version    INTEGER NOT NULL,
    -- A number whose meaning the kind says: opcode, status, close code, ...
    detail     INTEGER NOT NULL,
    -- Checksum over all columns but position.
    checksum   INTEGER NOT NULL,
    -- The exact bytes.
    body       BLOB NOT NULL
) STRICT;
