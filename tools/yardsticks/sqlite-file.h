// A SQLite file of a yardstick: any failure ends the program.
#ifndef SQLITE_FILE_H
#define SQLITE_FILE_H

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static sqlite3 *sqlite_file;

static void check(int status) {
    if (status == SQLITE_OK || status == SQLITE_DONE || status == SQLITE_ROW) return;
    fprintf(stderr, "%s\n", sqlite3_errmsg(sqlite_file));
    exit(1);
}

static void run(sqlite3_stmt *statement) {
    check(sqlite3_step(statement));
    sqlite3_reset(statement);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement = NULL;
    check(sqlite3_prepare_v3(sqlite_file, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

#endif
