// agent PORT: an Agent Runtime that answers every message as the message itself asks.
//
// It looks in the body of a POST for these numbers, which the load program puts into its messages:
//
//   "chunks":N        how many chunks the answer has
//   "token_bytes":N   how long the token in each chunk is
//   "pace_us":N       the time between two chunks in microseconds; 0: as fast as they are taken
//   "spread":1        the first chunk comes after a part of the pace that differs from answer to
//                     answer, so that the chunks of many answers are spread evenly; 0: after one
//                     whole pace, so that answers that begin together go on in bursts
//   "failure":N       how the answer fails: 1: without a session_info, 2: status 503 instead of it,
//                     3: cut off in the middle of its first block; 0: it does not
//
// A message without a session_id is answered with a session_info first. Every chunk is one SSE
// block in one HTTP chunk, and carries the moment it was handed to the system ("sent_ns"), so that
// whoever reads it in the end can tell how long it took on the way.
//
// Paced chunks leave at ticks of a millisecond.
//
// Shortcuts: a request has a Content-Length, and its fields and those numbers are found by
// searching for their names.
#define _GNU_SOURCE
#include "yardstick.h"

// Unsent bytes of an answer above which no more chunks are made.
#define HIGH_MARK (64 << 10)

struct peer {
    int fd;
    bool is_blocked;
    struct buffer in, out;
    // To be closed when everything has been sent.
    bool is_ending;
    // The answer under way.
    bool is_answering;
    bool begins_session;
    long chunks_left;
    int64_t pace, due;
    // The block of its chunks, ready but for the stamp; and what is different in the last one.
    struct buffer block;
    char *stamp, *is_final;
    // Place among the paced answers, or -1.
    int place;
};

static int loop;
static struct peer **paced;
static int paced_count, paced_capacity;
static uint64_t answers, sessions;

// ---- paced answers

static void start_pace(struct peer *p, bool is_spread) {
    if (paced_count == paced_capacity) {
        paced_capacity = paced_capacity * 2 + 64;
        paced = realloc(paced, (size_t)paced_capacity * sizeof *paced);
    }
    p->place = paced_count;
    paced[paced_count++] = p;
    // Multiples of the golden ratio, modulo one: evenly spread, whatever their number.
    double turns = (double)answers * 0.6180339887498949;
    double share = is_spread ? turns - (double)(int64_t)turns : 1;
    p->due = monotonic_ns() + (int64_t)(share * (double)p->pace);
}

static void stop_pace(struct peer *p) {
    if (p->place < 0) return;
    paced[p->place] = paced[--paced_count];
    paced[p->place]->place = p->place;
    p->place = -1;
}

// ---- an answer

static void add_http_chunk(struct peer *p, const char *bytes, size_t count) {
    char size[32];
    add(&p->out, size, (size_t)sprintf(size, "%zx\r\n", count));
    add(&p->out, bytes, count);
    add(&p->out, "\r\n", 2);
}

static void add_session_info(struct peer *p) {
    char block[256];
    int count = sprintf(block,
        "data: {\"type\":\"session_info\",\"content\":null,\"session_id\":\"bench-%d-%llu\","
        "\"is_final\":false}\n\n", getpid(), (unsigned long long)++sessions);
    add_http_chunk(p, block, (size_t)count);
    p->begins_session = false;
}

// The block that all chunks of an answer share. The word for is_final always has five letters.
static void make_block(struct peer *p, size_t token_bytes) {
    p->block.start = p->block.end = 0;
    add_text(&p->block, "data: {\"type\":\"assistant_message\",\"content\":null,\"token\":\"");
    memset(make_room(&p->block, token_bytes), 'x', token_bytes);
    p->block.end += token_bytes;
    add_text(&p->block, "\",\"is_final\":");
    size_t is_final = p->block.end;
    add_text(&p->block, "false,\"sent_ns\":");
    size_t stamp = p->block.end;
    add_text(&p->block, "0000000000000000000,\"metadata\":null}\n\n");
    p->is_final = p->block.bytes + is_final;
    p->stamp = p->block.bytes + stamp;
}

static void add_chunk(struct peer *p, int64_t at) {
    if (p->begins_session) add_session_info(p);
    if (--p->chunks_left == 0) memcpy(p->is_final, "true ", 5);
    write_stamp(p->stamp, at);
    add_http_chunk(p, p->block.bytes, length(&p->block));
    if (p->chunks_left > 0) return;
    add(&p->out, "0\r\n\r\n", 5);
    p->is_answering = false;
    stop_pace(p);
}

// An answer that is no answer.
static void add_refusal(struct peer *p) {
    add_text(&p->out,
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
        "Content-Length: 29\r\n\r\n{\"detail\":\"model overloaded\"}");
}

static long number_after(const char *body, size_t count, const char *name, long otherwise) {
    const char *place = find(body, count, name);
    return place ? atol(place + strlen(name)) : otherwise;
}

static void start_answer(struct peer *p, const char *body, size_t count) {
    answers++;
    long failure = number_after(body, count, "\"failure\":", 0);
    if (failure == 2) {
        add_refusal(p);
        return;
    }
    p->begins_session =
        failure != 1 && !find(body, count < 128 ? count : 128, "\"session_id\"");
    p->chunks_left = number_after(body, count, "\"chunks\":", 1);
    p->pace = number_after(body, count, "\"pace_us\":", 0) * 1000LL;
    make_block(p, (size_t)number_after(body, count, "\"token_bytes\":", 20));
    p->is_answering = true;
    add_text(&p->out,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
        "Transfer-Encoding: chunked\r\n\r\n");
    if (failure == 3) {
        add_http_chunk(p, front(&p->block), length(&p->block) / 2);
        p->is_answering = false;
        p->is_ending = true;
        return;
    }
    if (p->pace > 0) start_pace(p, number_after(body, count, "\"spread\":", 0));
}

// ---- requests

// Takes the next request when all of it is there; false: not yet.
static bool take_request(struct peer *p) {
    char *head = front(&p->in), *head_end = find(head, length(&p->in), "\r\n\r\n");
    if (!head_end) return false;
    size_t head_bytes = (size_t)(head_end + 4 - head), body_bytes = 0;
    *head_end = 0;
    char *field = strcasestr(head, "\r\ncontent-length:");
    if (field) body_bytes = (size_t)atol(field + strlen("\r\ncontent-length:"));
    *head_end = '\r';
    if (length(&p->in) < head_bytes + body_bytes) return false;
    if (strncmp(head, "POST", 4) == 0)
        start_answer(p, head + head_bytes, body_bytes);
    else
        add_text(&p->out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                          "Content-Length: 2\r\n\r\n[]");
    take(&p->in, head_bytes + body_bytes);
    return true;
}

// Does what there is to do for a peer; false: its connection has ended.
static bool advance(struct peer *p) {
    do {
        while (!p->is_answering && length(&p->in) > 0 && take_request(p)) {}
        if (p->is_answering && p->pace == 0) {
            int64_t now = monotonic_ns();
            while (p->is_answering && length(&p->out) < HIGH_MARK) add_chunk(p, now);
        }
        if (!send_out(loop, p->fd, &p->out, &p->is_blocked, p)) return false;
    } while (p->is_answering && p->pace == 0 && !p->is_blocked);
    return !p->is_ending || length(&p->out) > 0;
}

static void accept_all(int listener) {
    int fd;
    while ((fd = accept(listener, NULL, NULL)) >= 0) {
        struct peer *p = calloc(1, sizeof *p);
        p->fd = fd;
        p->place = -1;
        prepare_socket(fd);
        watch(loop, EPOLL_CTL_ADD, fd, EPOLLIN, p);
    }
}

static void drop(struct peer *p) {
    stop_pace(p);
    close(p->fd);
    release(&p->in);
    release(&p->out);
    release(&p->block);
    free(p);
}

// Sends the chunks that are due. What fails here is dropped when epoll tells of it.
static void tick(void) {
    int64_t now = monotonic_ns();
    for (int i = 0; i < paced_count; i++) {
        struct peer *p = paced[i];
        if (p->due > now) continue;
        p->due += p->pace;
        add_chunk(p, monotonic_ns());
        send_out(loop, p->fd, &p->out, &p->is_blocked, p);
        if (!p->is_answering) i--;
    }
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: agent PORT\n");
        return 2;
    }
    prepare_process();
    loop = epoll_create1(0);
    int listener = listen_on(atoi(arguments[1]));
    watch(loop, EPOLL_CTL_ADD, listener, EPOLLIN, NULL);
    struct epoll_event events[512];
    while (!must_stop) {
        int ready = epoll_wait(loop, events, 512, paced_count > 0 ? 1 : -1);
        for (int i = 0; i < ready; i++) {
            struct peer *p = events[i].data.ptr;
            if (!p) {
                accept_all(listener);
                continue;
            }
            if (!receive(p->fd, &p->in) || !advance(p)) drop(p);
        }
        if (paced_count > 0) tick();
    }
    return 0;
}
