// sqlite-append FILE ROWS BATCH SYNC BODY_BYTES: how fast plain SQLite appends.
//
// The limit of an event log on SQLite: one table, one index-free row an event, rows of 512
// connections interleaved, BATCH rows a transaction, WAL with SQLite's own checkpoints, SYNC one of
// NORMAL and FULL. Prints one line: {"seconds":S,"cpu":S,"rows":N}
#define _GNU_SOURCE
#include "sqlite-file.h"
#include "yardstick.h"

int main(int count, char **arguments) {
    bool is_full = count == 6 && strcmp(arguments[4], "FULL") == 0;
    if (count != 6 || (!is_full && strcmp(arguments[4], "NORMAL") != 0)) {
        fprintf(stderr, "usage: sqlite-append FILE ROWS BATCH NORMAL|FULL BODY_BYTES\n");
        return 2;
    }
    long rows = atol(arguments[2]), batch = atol(arguments[3]);
    int body_bytes = atoi(arguments[5]);
    check(sqlite3_open(arguments[1], &sqlite_file));
    check(sqlite3_exec(sqlite_file, "PRAGMA journal_mode=WAL", NULL, NULL, NULL));
    check(sqlite3_exec(sqlite_file, is_full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL",
        NULL, NULL, NULL));
    check(sqlite3_exec(sqlite_file,
        "CREATE TABLE events(position INTEGER PRIMARY KEY, connection INTEGER, ordinal INTEGER,"
        " at INTEGER, kind INTEGER, body BLOB) STRICT", NULL, NULL, NULL));
    sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
    sqlite3_stmt *insert =
        prepare("INSERT INTO events(connection, ordinal, at, kind, body) VALUES(?,?,?,?,?)");
    char *body = malloc((size_t)body_bytes + 1);
    memset(body, 'x', (size_t)body_bytes);

    int64_t start = monotonic_ns();
    double cpu = cpu_seconds();
    for (long row = 0; row < rows;) {
        run(begin);
        for (long i = 0; i < batch && row < rows; i++, row++) {
            sqlite3_bind_int64(insert, 1, 1 + row % 512);
            sqlite3_bind_int64(insert, 2, 1 + row / 512);
            sqlite3_bind_int64(insert, 3, 1700000000000000 + row);
            sqlite3_bind_int(insert, 4, 8);
            sqlite3_bind_blob(insert, 5, body, body_bytes, SQLITE_STATIC);
            run(insert);
        }
        run(commit);
    }
    printf("{\"seconds\":%.4f,\"cpu\":%.4f,\"rows\":%ld}\n",
        (double)(monotonic_ns() - start) / 1e9, cpu_seconds() - cpu, rows);
    sqlite3_finalize(begin);
    sqlite3_finalize(insert);
    sqlite3_finalize(commit);
    sqlite3_close(sqlite_file);
    free(body);
    return 0;
}
