-- What a bundle, a file of chosen connections' events, has beside the tables of a sealed segment.
CREATE TABLE bundle(
    -- Which fact (docs/event-format.md): format, exported_at, verdict, ...
    name       TEXT    NOT NULL,
    -- The connection that it is about; 0: the bundle as a whole.
    connection INTEGER NOT NULL,
    value      TEXT    NOT NULL
) STRICT;
