// Delays, and which of them count.
//
// The host of a virtual machine takes a processor away for some milliseconds whenever it likes. That is
// in no program's hands, and a few such pauses are all of a tail. The system says how much time was
// taken, in ticks (proc(5), "steal"): time is cut into periods, and the delays that end in one count
// unless a tick was taken in it, in the one before, or in the one after. Where the system does not
// tell, all count; where no period was left alone, all count as well, and the share says so.
#ifndef DELAYS_H
#define DELAYS_H

#include "histogram.h"
#include "yardstick.h"

#define PERIOD_NS 100000000LL

struct delays {
    int file;
    int64_t period_end;
    uint64_t ticks;
    // Of the period under way, of the one that has ended last, of those that were left alone, of all.
    struct histogram now, ended, left_alone, all;
    // Whether a tick was taken in the period that has ended last, and in the one before.
    bool was_taken, was_taken_before;
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

static inline void begin_delays(struct delays *d) {
    memset(d, 0, sizeof *d);
    d->file = open("/proc/stat", O_RDONLY | O_CLOEXEC);
    d->period_end = monotonic_ns() + PERIOD_NS;
    d->ticks = taken_ticks(d->file);
}

// Ends the period under way, and judges the one before it, of which all is known now.
static inline void end_period(struct delays *d) {
    uint64_t ticks = taken_ticks(d->file);
    bool is_taken = ticks != d->ticks;
    if (!is_taken && !d->was_taken && !d->was_taken_before) add_delays(&d->left_alone, &d->ended);
    d->was_taken_before = d->was_taken;
    d->was_taken = is_taken;
    d->ended = d->now;
    memset(&d->now, 0, sizeof d->now);
    d->ticks = ticks;
}

// Takes note of a delay that ended at `at`.
static inline void note_delay(struct delays *d, int64_t ns, int64_t at) {
    if (at >= d->period_end) {
        end_period(d);
        d->period_end = at + PERIOD_NS;
    }
    count_delay(&d->now, ns);
    count_delay(&d->all, ns);
}

// No more delays come.
static inline void end_delays(struct delays *d) {
    end_period(d);
    end_period(d);
    close(d->file);
}

// Those that count.
static inline const struct histogram *counted_delays(const struct delays *d) {
    return d->left_alone.total ? &d->left_alone : &d->all;
}

// How many of all delays came in periods that were left alone.
static inline double share_left_alone(const struct delays *d) {
    return d->all.total ? (double)d->left_alone.total / (double)d->all.total : 0;
}

#endif
