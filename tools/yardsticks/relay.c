// relay PORT AGENT_PORT [LOG.db [full]]: the least work that can stand between IDEs and an agent.
//
// What a gateway is compared with: one thread, one epoll loop, every message posted and every chunk
// sent on. With a third argument it also keeps a log, in the cheapest way that is written ahead:
// each turn of the loop reads what has come, appends every event (message, POST, chunk) to one
// SQLite table without an index, commits once, and only then sends anything (WAL,
// synchronous=NORMAL, or FULL with `full`, SQLite's own checkpoints, at 64 MB of WAL).
//
// Shortcuts, beside those of yardstick.h: HTTP heads are searched, not parsed; no limits, no
// authentication, no timers; members that are null are not removed; a message is one frame; an
// answer is 200, chunked, with whole lines in each HTTP chunk; Sec-WebSocket-Accept is the constant
// that fits the key of RFC 6455 §1.3, which our IDEs send; pings are not answered.
#define _GNU_SOURCE
#include "sqlite-file.h"
#include "yardstick.h"

enum kind { MESSAGE = 1, POST, CHUNK };

struct conversation;

// One of a conversation's two sockets.
struct side {
    int fd;
    bool is_blocked;
    struct buffer in, out;
    struct conversation *conversation;
};

struct conversation {
    struct side ide, agent;
    bool is_open, is_over;
    // An answer is under way; and its head has been read.
    bool is_answering, is_head_read;
    bool is_temporary;
    char session[128];
    int64_t number, ordinal;
    // The next conversation of this turn's list.
    bool is_touched;
    struct conversation *next_touched;
};

static int loop, agent_port;
static int64_t last_number;

// ---- the log

static sqlite3_stmt *begin, *insert, *commit;
static bool is_in_transaction;
static int64_t turn_time;

static void open_log(const char *path, bool is_full) {
    check(sqlite3_open(path, &sqlite_file));
    check(sqlite3_exec(sqlite_file,
        "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=16000;"
        "CREATE TABLE events(position INTEGER PRIMARY KEY, connection INTEGER NOT NULL,"
        " ordinal INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL,"
        " body BLOB NOT NULL) STRICT", NULL, NULL, NULL));
    const char *level = is_full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL";
    check(sqlite3_exec(sqlite_file, level, NULL, NULL, NULL));
    begin = prepare("BEGIN IMMEDIATE");
    insert = prepare("INSERT INTO events(connection, ordinal, at, kind, body) VALUES(?,?,?,?,?)");
    commit = prepare("COMMIT");
}

static void append(struct conversation *c, enum kind kind, const char *body, size_t count) {
    if (!sqlite_file) return;
    if (!is_in_transaction) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        turn_time = now.tv_sec * 1000000LL + now.tv_nsec / 1000;
        run(begin);
        is_in_transaction = true;
    }
    sqlite3_bind_int64(insert, 1, c->number);
    sqlite3_bind_int64(insert, 2, ++c->ordinal);
    sqlite3_bind_int64(insert, 3, turn_time);
    sqlite3_bind_int(insert, 4, kind);
    sqlite3_bind_blob64(insert, 5, body, count, SQLITE_STATIC);
    run(insert);
}

// ---- from the IDE to the agent

static void connect_agent(struct conversation *c) {
    struct sockaddr_in agent = loopback(agent_port);
    c->agent.fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(c->agent.fd, (void *)&agent, sizeof agent)) die("connect");
    prepare_socket(c->agent.fd);
    watch(loop, EPOLL_CTL_ADD, c->agent.fd, EPOLLIN, &c->agent);
}

static void post(struct conversation *c, const char *message, size_t count) {
    static struct buffer body;
    char text[512];
    body.start = body.end = 0;
    if (!c->is_temporary) {
        add_text(&body, "{\"session_id\":\"");
        add_text(&body, c->session);
        add_text(&body, "\",\"message\":");
    } else {
        add_text(&body, "{\"message\":");
    }
    add(&body, message, count);
    add(&body, "}", 1);
    append(c, POST, front(&body), length(&body));
    if (c->agent.fd < 0) connect_agent(c);
    int head_bytes = sprintf(text,
        "POST /agent/message/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/json\r\nAccept: text/event-stream\r\n"
        "X-Internal-Auth: change-me-internal-key\r\nContent-Length: %zu\r\n\r\n", length(&body));
    add(&c->agent.out, text, (size_t)head_bytes);
    add(&c->agent.out, front(&body), length(&body));
    c->is_answering = true;
    c->is_head_read = false;
}

static void take_handshake(struct conversation *c) {
    struct buffer *in = &c->ide.in;
    char *head = front(in), *end = find(head, length(in), "\r\n\r\n");
    if (!end) return;
    char *path = find(head, (size_t)(end - head), "/ws/");
    if (!path || sscanf(path + 4, "%127[^ ?]", c->session) != 1) {
        c->is_over = true;
        return;
    }
    c->is_temporary = strncmp(c->session, "new_", 4) == 0;
    c->is_open = true;
    add_text(&c->ide.out,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
    take(in, (size_t)(end + 4 - head));
}

// Takes the messages that are there whole, one answer at a time.
static void read_ide(struct conversation *c) {
    struct buffer *in = &c->ide.in;
    if (!c->is_open) take_handshake(c);
    while (c->is_open && !c->is_answering && length(in) >= 2) {
        unsigned char *frame = (unsigned char *)front(in);
        size_t head_bytes = 2, count = frame[1] & 127;
        if (count >= 126) {
            size_t length_bytes = count == 126 ? 2 : 8;
            if (length(in) < 2 + length_bytes) return;
            count = 0;
            for (size_t i = 0; i < length_bytes; i++) count = count << 8 | frame[2 + i];
            head_bytes += length_bytes;
        }
        if (length(in) < head_bytes + 4 + count) return;
        unsigned char *mask = frame + head_bytes, *payload = mask + 4;
        for (size_t i = 0; i < count; i++) payload[i] ^= mask[i & 3];
        take(in, head_bytes + 4 + count);
        if ((frame[0] & 15) == 8) c->is_over = true;
        if ((frame[0] & 15) != 1) continue;
        append(c, MESSAGE, (char *)payload, count);
        post(c, (char *)payload, count);
    }
}

// ---- from the agent to the IDE

static void send_to_ide(struct conversation *c, const char *payload, size_t count) {
    unsigned char head[10] = {0x81, (unsigned char)count};
    size_t length_bytes = count < 126 ? 0 : count < 65536 ? 2 : 8;
    if (length_bytes > 0) head[1] = length_bytes == 2 ? 126 : 127;
    for (size_t i = 0; i < length_bytes; i++)
        head[2 + i] = (unsigned char)((uint64_t)count >> (8 * (length_bytes - 1 - i)));
    add(&c->ide.out, head, 2 + length_bytes);
    add(&c->ide.out, payload, count);
}

static void take_line(struct conversation *c, const char *line, size_t count) {
    static const char field[] = "data: ", info[] = "{\"type\":\"session_info\"";
    if (count < strlen(field) || memcmp(line, field, strlen(field)) != 0) return;
    const char *data = line + strlen(field);
    count -= strlen(field);
    append(c, CHUNK, data, count);
    if (count > strlen(info) && memcmp(data, info, strlen(info)) == 0) {
        char *id = find(data, count, "\"session_id\":\"");
        if (id && sscanf(id + strlen("\"session_id\":\""), "%127[^\"]", c->session) == 1)
            c->is_temporary = false;
    }
    send_to_ide(c, data, count);
}

// Takes the HTTP chunks that are there whole (RFC 9112 §7.1).
static void read_agent(struct conversation *c) {
    struct buffer *in = &c->agent.in;
    if (!c->is_head_read) {
        char *end = find(front(in), length(in), "\r\n\r\n");
        if (!end) return;
        take(in, (size_t)(end + 4 - front(in)));
        c->is_head_read = true;
    }
    while (c->is_answering && length(in) > 0) {
        char *size = front(in), *size_end = find(size, length(in), "\r\n");
        if (!size_end) return;
        size_t count = strtoul(size, NULL, 16);
        char *data = size_end + 2, *end = data + count;
        if (length(in) < (size_t)(end + 2 - size)) return;
        for (char *line = data; line < end;) {
            char *line_end = memchr(line, '\n', (size_t)(end - line));
            if (!line_end) line_end = end;
            take_line(c, line, (size_t)(line_end - line));
            line = line_end + 1;
        }
        take(in, (size_t)(end + 2 - size));
        if (count == 0) c->is_answering = false;
    }
    if (length(&c->ide.in) > 0) read_ide(c);
}

// ---- the loop

static void accept_all(int listener) {
    int fd;
    while ((fd = accept(listener, NULL, NULL)) >= 0) {
        struct conversation *c = calloc(1, sizeof *c);
        c->number = ++last_number;
        c->ide = (struct side){.fd = fd, .conversation = c};
        c->agent = (struct side){.fd = -1, .conversation = c};
        prepare_socket(fd);
        watch(loop, EPOLL_CTL_ADD, fd, EPOLLIN, &c->ide);
    }
}

static void read_side(struct side *side) {
    struct conversation *c = side->conversation;
    if (c->is_over) return;
    if (!receive(side->fd, &side->in)) c->is_over = true;
    if (c->is_over || length(&side->in) == 0) return;
    if (side == &c->ide) read_ide(c);
    else read_agent(c);
}

static bool send_side(struct side *side) {
    return side->fd < 0 || send_out(loop, side->fd, &side->out, &side->is_blocked, side);
}

static void drop(struct side *side) {
    if (side->fd >= 0) close(side->fd);
    release(&side->in);
    release(&side->out);
}

// Sends what a conversation has to send, or ends it.
static void finish_turn(struct conversation *c) {
    c->is_touched = false;
    if (!c->is_over && send_side(&c->agent) && send_side(&c->ide)) return;
    drop(&c->ide);
    drop(&c->agent);
    free(c);
}

int main(int count, char **arguments) {
    bool is_full = count == 5 && strcmp(arguments[4], "full") == 0;
    if (count < 3 || count > 5 || (count == 5 && !is_full)) {
        fprintf(stderr, "usage: relay PORT AGENT_PORT [LOG.db [full]]\n");
        return 2;
    }
    prepare_process();
    agent_port = atoi(arguments[2]);
    if (count > 3) open_log(arguments[3], is_full);
    loop = epoll_create1(0);
    int listener = listen_on(atoi(arguments[1]));
    watch(loop, EPOLL_CTL_ADD, listener, EPOLLIN, NULL);
    struct epoll_event events[256];
    while (!must_stop) {
        struct conversation *touched = NULL;
        int ready = epoll_wait(loop, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            struct side *side = events[i].data.ptr;
            if (!side) {
                accept_all(listener);
                continue;
            }
            struct conversation *c = side->conversation;
            read_side(side);
            if (c->is_touched) continue;
            c->is_touched = true;
            c->next_touched = touched;
            touched = c;
        }
        if (is_in_transaction) run(commit);
        is_in_transaction = false;
        while (touched) {
            struct conversation *c = touched;
            touched = c->next_touched;
            finish_turn(c);
        }
    }
    if (sqlite_file) {
        sqlite3_finalize(begin);
        sqlite3_finalize(insert);
        sqlite3_finalize(commit);
        sqlite3_close(sqlite_file);
    }
    return 0;
}
