-- What sealing adds to a segment of the event log, in one transaction: a segment is sealed when it has
-- the table seal. The rows of events stay as they are.
CREATE INDEX events_by_connection ON events(connection, ordinal);
-- All but the two kinds that make up most of the log: chunkReceived and framesDelivered.
CREATE INDEX events_by_kind ON events(kind) WHERE kind NOT IN (8, 11);
-- One row.
CREATE TABLE seal(
    -- Position of the segment's last event.
    last_position   INTEGER NOT NULL,
    -- Greater than any connection number up to there, also those of earlier segments.
    next_connection INTEGER NOT NULL,
    -- Ordinal of the last event of stream 0 up to there.
    gateway_ordinal INTEGER NOT NULL,
    -- Earliest and latest wall time of the segment's events, microseconds since 1970.
    first_at        INTEGER NOT NULL,
    last_at         INTEGER NOT NULL
) STRICT;
-- The streams that had an opening and no end at the end of the segment.
CREATE TABLE open_streams(
    connection     INTEGER PRIMARY KEY,
    -- Position of the stream's connectionOpened, in this segment or an earlier one.
    first_position INTEGER NOT NULL,
    -- Ordinal of the stream's last event.
    ordinal        INTEGER NOT NULL,
    -- Ordinal of the requestSent under way; 0: none.
    request        INTEGER NOT NULL,
    -- 1: the WebSocket was open; 0: it was closed, and a request still under way.
    is_open        INTEGER NOT NULL
) STRICT;
