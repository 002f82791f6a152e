-- What the event log says of connections, sessions and turns, worked out beforehand. It can be thrown
-- away at any time: it is made again from the log.

-- How far the log has been read. One row.
CREATE TABLE projection(
    -- All events up to this position are in the tables below.
    through  INTEGER NOT NULL,
    -- The checksum column of the event there: it tells this log from another one.
    checksum INTEGER NOT NULL
) STRICT;

-- WebSocket connections.
CREATE TABLE connections(
    -- Its number in the log.
    connection       INTEGER PRIMARY KEY,
    -- Its first event: position, and wall time in microseconds since 1970-01-01T00:00:00Z.
    opened_position  INTEGER NOT NULL,
    opened_at        INTEGER NOT NULL,
    -- Its last event so far.
    last_position    INTEGER NOT NULL,
    last_at          INTEGER NOT NULL,
    -- The id in its path; empty when its opening is not in the log.
    path_id          TEXT    NOT NULL,
    -- The session it belongs to; NULL: none is known.
    session_id       TEXT,
    -- Its end; NULL: none is in the log.
    closed_position  INTEGER,
    closed_at        INTEGER,
    close_code       INTEGER,
    closed_by        TEXT,
    close_reason     TEXT,
    -- How many.
    events           INTEGER NOT NULL,
    turns            INTEGER NOT NULL,
    messages         INTEGER NOT NULL,
    chunks           INTEGER NOT NULL,
    frames_delivered INTEGER NOT NULL,
    waiting          INTEGER NOT NULL,
    damaged_rows     INTEGER NOT NULL,
    anomalies        INTEGER NOT NULL,
    -- The first few anomalies in words: a JSON array of strings.
    anomaly_words    TEXT    NOT NULL,
    -- Whether its opening is in the log, and whether an answer is under way: 0 or 1.
    has_opening      INTEGER NOT NULL,
    answer_under_way INTEGER NOT NULL
) STRICT;
CREATE INDEX connections_by_path_id ON connections(path_id);

-- Each session_info that bound a connection to another session than before.
CREATE TABLE bindings(
    -- That event.
    position   INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    -- The id before: temporary, or of another session.
    earlier_id TEXT    NOT NULL,
    session_id TEXT    NOT NULL
) STRICT;
CREATE INDEX bindings_by_session ON bindings(session_id);
CREATE INDEX bindings_by_connection ON bindings(connection);

-- Turns that were posted.
CREATE TABLE turns(
    -- The requestSent.
    position     INTEGER PRIMARY KEY,
    connection   INTEGER NOT NULL,
    request      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    -- Status of the answer; NULL: none came.
    status       INTEGER,
    -- SSE blocks of the answer.
    chunks       INTEGER NOT NULL,
    -- The streamEnded or requestFailed with its kind and detail; NULL: there is none.
    end_position INTEGER,
    ended_at     INTEGER,
    end_kind     INTEGER,
    end_detail   INTEGER
) STRICT;
CREATE INDEX turns_by_connection ON turns(connection, request);
