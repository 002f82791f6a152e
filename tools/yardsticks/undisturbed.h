// The longest delay while the host of a virtual machine left it all of its processors.
//
// A pause of a whole processor is in no program's hands, and one alone is the longest delay of a
// run. The system says how much time the host has taken, in ticks (proc(5), "steal"): time is cut
// into periods, and a delay counts unless a tick was taken in the period it ended in, the one
// before or the one after. Where the system does not tell, every delay counts.
#ifndef UNDISTURBED_H
#define UNDISTURBED_H

#include "yardstick.h"

#define PERIOD_NS 100000000LL

struct undisturbed {
    int file;
    int64_t period_end;
    uint64_t ticks;
    // Of the period that has ended last, and of the one under way.
    int64_t ended_longest, longest;
    // Whether a tick was taken in the period that has ended last, and in the one before.
    bool was_taken, was_taken_before;
    // Of all periods that were left alone, and how many those were of how many.
    int64_t result;
    long left_alone, judged;
};

// Ticks that the host has taken from all processors so far.
static inline uint64_t taken_ticks(int file) {
    char text[256];
    ssize_t count = pread(file, text, sizeof text - 1, 0);
    unsigned long long ticks = 0;
    if (count > 0) {
        text[count] = 0;
        sscanf(text, "cpu %*u %*u %*u %*u %*u %*u %*u %llu", &ticks);
    }
    return ticks;
}

static inline void begin_undisturbed(struct undisturbed *u, int64_t now) {
    *u = (struct undisturbed){.file = open("/proc/stat", O_RDONLY | O_CLOEXEC)};
    u->period_end = now + PERIOD_NS;
    u->ticks = taken_ticks(u->file);
}

// Ends the period under way, and judges the one before it, of which all is known now.
static inline void end_period(struct undisturbed *u) {
    uint64_t ticks = taken_ticks(u->file);
    bool is_taken = ticks != u->ticks;
    bool is_disturbed = is_taken || u->was_taken || u->was_taken_before;
    if (!is_disturbed && u->ended_longest > u->result) u->result = u->ended_longest;
    if (u->ended_longest > 0) u->judged++, u->left_alone += !is_disturbed;
    u->was_taken_before = u->was_taken;
    u->was_taken = is_taken;
    u->ended_longest = u->longest;
    u->longest = 0;
    u->ticks = ticks;
}

// Takes note of a delay that ended now.
static inline void note_undisturbed(struct undisturbed *u, int64_t ns, int64_t now) {
    if (now >= u->period_end) {
        end_period(u);
        u->period_end = now + PERIOD_NS;
    }
    if (ns > u->longest) u->longest = ns;
}

// No more delays come.
static inline void end_undisturbed(struct undisturbed *u) {
    end_period(u);
    end_period(u);
    close(u->file);
}

// The longest delay of all that counted, in microseconds.
static inline double undisturbed_us(const struct undisturbed *u) {
    return (double)u->result / 1000.0;
}

// The share of the periods with delays in which those counted.
static inline double undisturbed_share(const struct undisturbed *u) {
    return u->judged ? (double)u->left_alone / (double)u->judged : 0;
}

#endif
