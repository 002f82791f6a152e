// ides: a swarm of IDEs that talk to a gateway, and what they find.
//
// In two steps, so that what opening costs and what turns cost can be told apart:
//
//   1. All connections are opened, 200 handshakes at a time, each under a temporary id. A line says
//      how that went: {"opened":N,"seconds":S,"errors":N}
//   2. When a line comes on standard input, each connection sends its messages, the next one when
//      the answer to the last has ended. A second line gives the result. The connections stay open
//      until standard input ends; then the IDEs leave with a close frame.
//
// With --slow the second step is another one: each connection asks for one answer and takes no more
// than so many bytes a second of it, until standard input ends.
//
// Delay is measured for each chunk, from the moment the agent hands it to the system ("sent_ns") to
// the moment its bytes are read here.
//
// Shortcuts: the answer to the handshake is taken at its word, every frame has the same mask,
// messages are not parsed but searched, and an IDE does nothing but wait for its answer.
#define _GNU_SOURCE
#include <getopt.h>
#include <poll.h>

#include "delays.h"
#include "yardstick.h"

#define HANDSHAKES_AT_ONCE 200

enum state { SHAKING, OPEN, DONE };

struct ide {
    int fd, number;
    enum state state;
    bool is_blocked;
    struct buffer in, out;
    long turns_done;
};

// What is asked for on the command line.
static int port;
static long connections = 1, turns = 1, chunks = 50, token_bytes = 20, pace_us = 0, spread = 0;
static long warm_up = 0, seconds = 0, message_bytes = 0, slow_bytes = 0;
static long failure = 0;

static int loop;
static struct ide *ides;
static struct delays delays;
// When no more turns begin.
static int64_t deadline = INT64_MAX;
static uint64_t frames, payload_bytes, session_infos, turns_done, errors;

static void complain(const char *what, const char *text, size_t count) {
    int shown = count < 200 ? (int)count : 200;
    if (errors++ < 3) fprintf(stderr, "ides: %s: %.*s\n", what, shown, text);
}

// ---- opening

static void connect_ide(struct ide *ide) {
    struct sockaddr_in gateway = loopback(port);
    ide->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (ide->fd < 0) die("socket");
    if (slow_bytes > 0) {
        int small = 4096;
        setsockopt(ide->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    }
    if (connect(ide->fd, (void *)&gateway, sizeof gateway)) die("connect");
    prepare_socket(ide->fd);
    char request[256];
    int count = sprintf(request,
        "GET /api/v1/ws/new_%d%06d HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n", getpid(), ide->number);
    add(&ide->out, request, (size_t)count);
    watch(loop, EPOLL_CTL_ADD, ide->fd, EPOLLIN, ide);
    send_out(loop, ide->fd, &ide->out, &ide->is_blocked, ide);
}

// Reads the answer to the handshake; true: the handshake is over, well or not.
static bool finish_handshake(struct ide *ide, bool is_alive) {
    char *end = length(&ide->in) ? find(front(&ide->in), length(&ide->in), "\r\n\r\n") : NULL;
    if (end && strncmp(front(&ide->in), "HTTP/1.1 101 ", 13) == 0) {
        take(&ide->in, (size_t)(end + 4 - front(&ide->in)));
        ide->state = OPEN;
        return true;
    }
    if (is_alive && !end) return false;
    complain("handshake", length(&ide->in) ? front(&ide->in) : "", length(&ide->in));
    close(ide->fd);
    ide->state = DONE;
    return true;
}

static void open_all(void) {
    struct epoll_event events[512];
    long begun = 0, ended = 0, opened = 0;
    int64_t start = monotonic_ns();
    ides = calloc((size_t)connections, sizeof *ides);
    while (ended < connections && !must_stop) {
        for (; begun < connections && begun - ended < HANDSHAKES_AT_ONCE; begun++) {
            ides[begun].number = (int)begun;
            connect_ide(&ides[begun]);
        }
        int ready = epoll_wait(loop, events, 512, -1);
        for (int i = 0; i < ready; i++) {
            struct ide *ide = events[i].data.ptr;
            if (ide->state != SHAKING) continue;
            if (!finish_handshake(ide, receive(ide->fd, &ide->in))) continue;
            ended++;
            opened += ide->state == OPEN;
        }
    }
    printf("{\"opened\":%ld,\"seconds\":%.4f,\"errors\":%llu}\n", opened,
        (double)(monotonic_ns() - start) / 1e9, (unsigned long long)errors);
    fflush(stdout);
}

// ---- frames

// Adds one masked frame (RFC 6455 §5.2).
static void add_frame(struct ide *ide, unsigned char opcode, const char *payload, size_t count) {
    static const unsigned char mask[4] = {0x11, 0x22, 0x33, 0x44};
    unsigned char head[14] = {0x80 | opcode};
    size_t head_bytes = 2;
    if (count < 126) {
        head[1] = (unsigned char)(0x80 | count);
    } else {
        size_t length_bytes = count < 65536 ? 2 : 8;
        head[1] = (unsigned char)(0x80 | (length_bytes == 2 ? 126 : 127));
        for (size_t i = 0; i < length_bytes; i++)
            head[2 + i] = (unsigned char)((uint64_t)count >> (8 * (length_bytes - 1 - i)));
        head_bytes += length_bytes;
    }
    memcpy(head + head_bytes, mask, 4);
    add(&ide->out, head, head_bytes + 4);
    char *place = make_room(&ide->out, count);
    for (size_t i = 0; i < count; i++) place[i] = (char)(payload[i] ^ mask[i & 3]);
    ide->out.end += count;
}

static void start_turn(struct ide *ide) {
    static struct buffer message;
    char text[320];
    message.start = message.end = 0;
    int count = sprintf(text,
        "{\"type\":\"user_message\",\"role\":\"user\",\"chunks\":%ld,\"token_bytes\":%ld,"
        "\"pace_us\":%ld,\"spread\":%ld,\"failure\":%ld,"
        "\"content\":\"Turn %ld of connection %d: please explain",
        chunks, token_bytes, pace_us, spread, ide->turns_done == 0 ? failure : 0,
        ide->turns_done, ide->number);
    add(&message, text, (size_t)count);
    size_t padding = message_bytes > count ? (size_t)(message_bytes - count) : 0;
    memset(make_room(&message, padding), '.', padding);
    message.end += padding;
    add_text(&message, "\"}");
    add_frame(ide, 1, front(&message), length(&message));
}

// Takes note of a text message that came at `now`; true: it was the last of its turn.
static bool note_message(struct ide *ide, const char *text, size_t count, int64_t now) {
    frames++;
    payload_bytes += count;
    char *is_final = find(text, count, "\"is_final\":");
    size_t rest = is_final ? (size_t)(text + count - is_final) : 0;
    char *stamp = is_final ? find(is_final, rest, "\"sent_ns\":") : NULL;
    if (stamp) {
        int64_t sent = read_stamp(stamp + strlen("\"sent_ns\":"));
        if (ide->turns_done >= warm_up) note_delay(&delays, now - sent, now);
        return is_final[strlen("\"is_final\":")] == 't';
    }
    if (find(text, count, "\"session_info\""))
        session_infos++;
    else if (failure > 0 && find(text, count, "\"error\""))
        return true;
    else
        complain("unexpected message", text, count);
    return false;
}

// Takes the frames that are there whole; false: the connection is over.
static bool take_frames(struct ide *ide, int64_t now) {
    while (length(&ide->in) >= 2) {
        unsigned char *frame = (unsigned char *)front(&ide->in);
        size_t head_bytes = 2, count = frame[1];
        if (count >= 126) {
            size_t length_bytes = count == 126 ? 2 : 8;
            if (length(&ide->in) < 2 + length_bytes) return true;
            count = 0;
            for (size_t i = 0; i < length_bytes; i++) count = count << 8 | frame[2 + i];
            head_bytes += length_bytes;
        }
        if (length(&ide->in) < head_bytes + count) return true;
        char *payload = (char *)frame + head_bytes;
        take(&ide->in, head_bytes + count);
        switch (frame[0] & 15) {
        case 1:
            if (!note_message(ide, payload, count, now)) break;
            turns_done++;
            if (++ide->turns_done >= turns || now >= deadline) ide->state = DONE;
            else start_turn(ide);
            break;
        case 8:
            complain("closed", payload, count);
            return false;
        case 9:
            add_frame(ide, 10, payload, count);
            break;
        }
    }
    return true;
}

// ---- turns

// Says goodbye: normal closure (RFC 6455 §7.4.1).
static void leave_all(void) {
    for (long i = 0; i < connections; i++) {
        add_frame(&ides[i], 8, "\x03\xe8", 2);
        send_out(loop, ides[i].fd, &ides[i].out, &ides[i].is_blocked, &ides[i]);
    }
}

static void print_result(double elapsed, double cpu) {
    end_delays(&delays);
    const struct histogram *counted = counted_delays(&delays);
    printf("{\"seconds\":%.4f,\"cpu\":%.4f,\"turns\":%llu,\"frames\":%llu,\"bytes\":%llu,"
           "\"session_infos\":%llu,\"errors\":%llu,"
           "\"delay_us\":{\"p50\":%.1f,\"p99\":%.1f,\"p999\":%.1f,\"max\":%.1f,"
           "\"max_of_all\":%.1f,\"left_alone\":%.3f}}\n",
        elapsed, cpu, (unsigned long long)turns_done, (unsigned long long)frames,
        (unsigned long long)payload_bytes, (unsigned long long)session_infos,
        (unsigned long long)errors, percentile_us(counted, 0.5), percentile_us(counted, 0.99),
        percentile_us(counted, 0.999), (double)counted->largest / 1000.0,
        (double)delays.all.largest / 1000.0, share_left_alone(&delays));
    fflush(stdout);
}

static void run_turns(void) {
    struct epoll_event events[512];
    int64_t start = monotonic_ns();
    if (seconds > 0) deadline = start + seconds * 1000000000LL;
    double cpu = cpu_seconds();
    long talking = 0;
    for (long i = 0; i < connections; i++) {
        if (ides[i].state != OPEN) continue;
        talking++;
        start_turn(&ides[i]);
        send_out(loop, ides[i].fd, &ides[i].out, &ides[i].is_blocked, &ides[i]);
    }
    while (talking > 0 && !must_stop) {
        int ready = epoll_wait(loop, events, 512, -1);
        for (int i = 0; i < ready; i++) {
            struct ide *ide = events[i].data.ptr;
            bool was_talking = ide->state == OPEN;
            bool is_alive = receive(ide->fd, &ide->in) && take_frames(ide, monotonic_ns())
                && send_out(loop, ide->fd, &ide->out, &ide->is_blocked, ide);
            if (!is_alive) {
                if (was_talking) complain("the connection ended early", "", 0);
                close(ide->fd);
                ide->state = DONE;
            }
            if (was_talking && ide->state == DONE) talking--;
        }
    }
    print_result((double)(monotonic_ns() - start) / 1e9, cpu_seconds() - cpu);
}

// ---- slow readers

static void read_slowly(void) {
    char bytes[65536];
    long share = slow_bytes / 10 > 0 ? slow_bytes / 10 : 1;
    if (share > (long)sizeof bytes) share = sizeof bytes;
    for (long i = 0; i < connections; i++) {
        if (ides[i].state != OPEN) continue;
        start_turn(&ides[i]);
        send_out(loop, ides[i].fd, &ides[i].out, &ides[i].is_blocked, &ides[i]);
    }
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    while (!must_stop && poll(&input, 1, 100) == 0) {
        for (long i = 0; i < connections; i++) {
            if (ides[i].state != OPEN) continue;
            ssize_t count = recv(ides[i].fd, bytes, (size_t)share, 0);
            if (count > 0) {
                payload_bytes += (size_t)count;
            } else if (count == 0 || errno != EAGAIN) {
                complain("a slow reader lost its connection", "", 0);
                ides[i].state = DONE;
            }
        }
    }
    print_result(0, 0);
}

// ---- the command line

static const char usage[] =
    "usage: ides PORT [options]\n"
    "  --connections N     how many IDEs (1)\n"
    "  --turns N           messages of each (1); 0: they only stay connected\n"
    "  --warm-up N         first messages of each whose delays are not counted (0)\n"
    "  --seconds N         no message begins later than this (0: no such bound)\n"
    "  --chunks N          chunks of an answer (50)\n"
    "  --token-bytes N     length of the token in a chunk (20)\n"
    "  --pace-us N         time between two chunks of an answer (0: at once)\n"
    "  --spread 1          chunks of all answers spread evenly, not in bursts (0)\n"
    "  --message-bytes N   length of a message, at least\n"
    "  --failure N         how the first answer of each fails: see agent (0: it does not)\n"
    "  --slow N            slow readers: take N bytes a second\n";

static void read_options(int count, char **arguments) {
    static const struct {
        const char *name;
        long *value;
    } numbers[] = {
        {"connections", &connections}, {"turns", &turns},     {"chunks", &chunks},
        {"token-bytes", &token_bytes}, {"pace-us", &pace_us}, {"message-bytes", &message_bytes},
        {"slow", &slow_bytes},         {"seconds", &seconds}, {"warm-up", &warm_up},
        {"spread", &spread},           {"failure", &failure},
    };
    enum { NUMBERS = sizeof numbers / sizeof *numbers };
    struct option options[NUMBERS + 1] = {0};
    for (int i = 0; i < NUMBERS; i++)
        options[i] = (struct option){numbers[i].name, required_argument, NULL, i};
    int chosen;
    while ((chosen = getopt_long(count, arguments, "", options, NULL)) != -1) {
        char *end = "?";
        if (chosen < NUMBERS) *numbers[chosen].value = strtol(optarg, &end, 10);
        if (*end || (chosen < NUMBERS && *numbers[chosen].value < 0)) {
            fputs(usage, stderr);
            exit(2);
        }
    }
    if (optind + 1 != count) {
        fputs(usage, stderr);
        exit(2);
    }
    port = atoi(arguments[optind]);
}

static bool is_input_left(void) {
    char bytes[64];
    return read(STDIN_FILENO, bytes, sizeof bytes) > 0;
}

int main(int count, char **arguments) {
    read_options(count, arguments);
    prepare_process();
    loop = epoll_create1(0);
    open_all();
    if (!is_input_left()) return 0;
    begin_delays(&delays);
    if (slow_bytes > 0) read_slowly();
    else if (turns > 0) run_turns();
    while (!must_stop && is_input_left()) {}
    if (slow_bytes == 0) leave_all();
    return 0;
}
