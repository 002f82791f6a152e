// What the yardsticks share: a byte buffer, non-blocking sockets on the loopback, time.
//
// Shortcuts that all of them take: memory that cannot be had ends the program, peers are the other
// programs of a benchmark and are not distrusted, and IPv4 on 127.0.0.1 is the only network.
#ifndef YARDSTICK_H
#define YARDSTICK_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// Ends the program for a reason that errno tells.
static inline void die(const char *what) {
    perror(what);
    exit(1);
}

// ---- time

static inline int64_t monotonic_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

// A send time stands in a chunk as a JSON number of always 19 digits: nanoseconds of the monotonic
// clock, to which this is added.
#define STAMP_BASE 1000000000000000000LL
#define STAMP_DIGITS 19

static inline void write_stamp(char *digits, int64_t at) {
    uint64_t rest = (uint64_t)(STAMP_BASE + at);
    for (int i = STAMP_DIGITS - 1; i >= 0; i--, rest /= 10) digits[i] = (char)('0' + rest % 10);
}

static inline int64_t read_stamp(const char *digits) {
    int64_t value = 0;
    for (int i = 0; i < STAMP_DIGITS; i++) value = value * 10 + (digits[i] - '0');
    return value - STAMP_BASE;
}

// ---- bytes that come or go: taken at `start`, added at `end`

struct buffer {
    char *bytes;
    size_t start, end, capacity;
};

static inline size_t length(const struct buffer *b) { return b->end - b->start; }
static inline char *front(const struct buffer *b) { return b->bytes + b->start; }

// Makes room for `count` more bytes, and one for a NUL, and gives the place where they go.
static inline char *make_room(struct buffer *b, size_t count) {
    if (b->start == b->end) b->start = b->end = 0;
    if (b->capacity - b->end <= count && b->start > 0) {
        memmove(b->bytes, front(b), length(b));
        b->end -= b->start;
        b->start = 0;
    }
    if (b->capacity - b->end <= count) {
        b->capacity = (b->end + count) * 2;
        b->bytes = realloc(b->bytes, b->capacity);
        if (!b->bytes) die("memory");
    }
    return b->bytes + b->end;
}

static inline void add(struct buffer *b, const void *bytes, size_t count) {
    memcpy(make_room(b, count), bytes, count);
    b->end += count;
}

static inline void add_text(struct buffer *b, const char *text) { add(b, text, strlen(text)); }

static inline void take(struct buffer *b, size_t count) { b->start += count; }

static inline void release(struct buffer *b) {
    free(b->bytes);
    *b = (struct buffer){0};
}

// The first occurrence of a text, or NULL.
static inline char *find(const char *bytes, size_t count, const char *text) {
    return memmem(bytes, count, text, strlen(text));
}

// ---- sockets

// How much is asked of a socket in one read.
#define READ_BYTES 16384

static inline void prepare_socket(int fd) {
    int on = 1;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static inline struct sockaddr_in loopback(int port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
}

// A listening socket; says on standard output which port it has. Port 0 takes any free one.
static inline int listen_on(int port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in address = loopback(port);
    socklen_t size = sizeof address;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (void *)&address, size) || listen(fd, 4096)) die("listen");
    prepare_socket(fd);
    getsockname(fd, (void *)&address, &size);
    printf("Listening on 127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static inline void watch(int loop, int operation, int fd, uint32_t what, void *owner) {
    struct epoll_event event = {.events = what, .data.ptr = owner};
    epoll_ctl(loop, operation, fd, &event);
}

// One read; false: the connection has ended. A NUL stands after the bytes, so that text can be
// searched. What does not fit is announced by epoll again.
static inline bool receive(int fd, struct buffer *b) {
    char *place = make_room(b, READ_BYTES);
    ssize_t count = recv(fd, place, b->capacity - b->end - 1, 0);
    if (count > 0) {
        b->end += (size_t)count;
        b->bytes[b->end] = 0;
        return true;
    }
    return count < 0 && (errno == EAGAIN || errno == EINTR);
}

// Sends what the socket takes; false: the connection has ended. `is_blocked` tells, from call to
// call, whether epoll watches for room.
static inline bool send_out(int loop, int fd, struct buffer *b, bool *is_blocked, void *owner) {
    while (length(b) > 0) {
        ssize_t count = send(fd, front(b), length(b), MSG_NOSIGNAL);
        if (count < 0) {
            if (errno != EAGAIN) return false;
            break;
        }
        take(b, (size_t)count);
    }
    if ((length(b) > 0) != *is_blocked) {
        *is_blocked = !*is_blocked;
        watch(loop, EPOLL_CTL_MOD, fd, EPOLLIN | (*is_blocked ? EPOLLOUT : 0), owner);
    }
    return true;
}

// ---- the process

static volatile sig_atomic_t must_stop;

static inline void request_stop(int number) {
    (void)number;
    must_stop = 1;
}

// SIGTERM and SIGINT ask for the end; as many descriptors as the system lets us have.
static inline void prepare_process(void) {
    struct sigaction action = {.sa_handler = request_stop};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

// CPU time of this process, user and system, in seconds.
static inline double cpu_seconds(void) {
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec)
           + (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

#endif
