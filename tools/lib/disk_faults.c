// disk_faults.so, for LD_PRELOAD: a disk that fails when it is told to, and what is really on it.
//
// While the file FAULTS exists, `fdatasync` of a write-ahead file (`…-wal`) fails with EIO, and so does
// writing to it if the file is not empty. The folder DISK has a copy of each write-ahead file as a loss of
// power would leave it: a page of 4 KiB gets there by the sync after it was written. One whose sync fails
// does not, and is clean from then on, as Linux has it: it gets there only when it is written again.
//
// Only calls of SQLite are looked at; the gateway makes its own blocks of zeros (WALReserve), whose absence
// from the copy changes nothing.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 4096, PAGES = 1 << 14, FILES = 1024 };

// Pages written since the last sync, by descriptor; allocated for write-ahead files only.
static bool *dirty[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name) ((type)dlsym(RTLD_NEXT, name))

static bool is_failing(bool writes) {
    struct stat status;
    const char *path = getenv("FAULTS");
    return path && stat(path, &status) == 0 && (!writes || status.st_size > 0);
}

// The name of a write-ahead file without its folder; NULL: it is none.
static const char *wal_name(int fd, char path[4096]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t count = readlink(link, path, 4095);
    if (count < 4 || fd >= FILES) return NULL;
    path[count] = 0;
    if (strcmp(path + count - 4, "-wal")) return NULL;
    return strrchr(path, '/') + 1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    char path[4096];
    if (wal_name(fd, path)) {
        if (is_failing(true)) {
            errno = EIO;
            return -1;
        }
        pthread_mutex_lock(&lock);
        if (!dirty[fd]) dirty[fd] = calloc(PAGES, sizeof(bool));
        for (off64_t page = offset / PAGE; page * PAGE < offset + (off64_t)count; page++)
            if (page < PAGES) dirty[fd][page] = true;
        pthread_mutex_unlock(&lock);
    }
    return REAL(ssize_t (*)(int, const void *, size_t, off64_t), "pwrite64")(fd, bytes, count, offset);
}

// Brings the written pages to the disk, or, as they cannot be, lets them be.
static void settle(int fd, const char *name, bool is_synced) {
    char path[8192], page[PAGE];
    snprintf(path, sizeof path, "%s/%s", getenv("DISK"), name);
    int copy = is_synced ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
    for (int i = 0; i < PAGES; i++) {
        if (!dirty[fd][i]) continue;
        dirty[fd][i] = false;
        if (copy < 0) continue;
        ssize_t count = pread(fd, page, PAGE, (off_t)i * PAGE);
        if (count > 0 && pwrite(copy, page, count, (off_t)i * PAGE) < 0) abort();
    }
    if (copy >= 0) close(copy);
}

int fdatasync(int fd) {
    char path[4096];
    const char *name = wal_name(fd, path);
    bool fails = name && is_failing(false);
    int result = fails ? -1 : REAL(int (*)(int), "fdatasync")(fd);
    pthread_mutex_lock(&lock);
    if (name && dirty[fd] && getenv("DISK")) settle(fd, name, result == 0);
    pthread_mutex_unlock(&lock);
    if (fails) errno = EIO;
    return result;
}
