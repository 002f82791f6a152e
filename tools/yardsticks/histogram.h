// Delays, counted in classes that are at most 1/64 of their value wide, so that a percentile is
// right to 1.6 % and nothing is allocated while a measurement runs.
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

#define CLASS_BITS 6
#define CLASSES (64 << CLASS_BITS)

struct histogram {
    uint64_t counts[CLASSES], total;
    int64_t largest;
};

static inline void count_delay(struct histogram *h, int64_t ns) {
    uint64_t value = ns > 0 ? (uint64_t)ns : 0;
    int shift = value >> (CLASS_BITS + 1) ? 63 - CLASS_BITS - __builtin_clzll(value) : 0;
    h->counts[((uint64_t)shift << CLASS_BITS) + (value >> shift)]++;
    h->total++;
    if (ns > h->largest) h->largest = ns;
}

// Adds the delays of another histogram.
static inline void add_delays(struct histogram *h, const struct histogram *other) {
    for (uint64_t i = 0; i < CLASSES; i++) h->counts[i] += other->counts[i];
    h->total += other->total;
    if (other->largest > h->largest) h->largest = other->largest;
}

// The delay, in microseconds, that a share of all delays does not exceed: the upper end of its
// class, or the largest delay if that is less.
static inline double percentile_us(const struct histogram *h, double share) {
    uint64_t wanted = (uint64_t)(share * (double)h->total + 0.5), seen = 0;
    for (uint64_t i = 0; i < CLASSES; i++) {
        seen += h->counts[i];
        if (seen < wanted || seen == 0) continue;
        uint64_t shift = i >> (CLASS_BITS + 1) ? (i >> CLASS_BITS) - 1 : 0;
        uint64_t end = ((i - (shift << CLASS_BITS)) + 1) << shift;
        return (end < (uint64_t)h->largest ? (double)end : (double)h->largest) / 1000.0;
    }
    return 0;
}

#endif
