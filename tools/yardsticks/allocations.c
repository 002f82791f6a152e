// allocations: counts what a program asks of the heap. To be loaded before the program's libraries:
//
//   gcc -O2 -shared -fPIC allocations.c -o allocations.so
//   LD_PRELOAD=./allocations.so PROGRAM
//
// At the program's end it writes {"allocations":N,"bytes":N} to the file that ALLOCATIONS_FILE names.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_ulong count, bytes;

static void note(size_t size) {
    atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&bytes, size, memory_order_relaxed);
}

// The C library's own function, looked up once. dlsym itself takes memory by calloc, which is
// therefore not counted; neither Swift nor SQLite uses it.
#define REAL(name, ...)                                                                            \
    static typeof(name) *real;                                                                     \
    if (!real) real = (typeof(name) *)dlsym(RTLD_NEXT, #name);                                     \
    return real(__VA_ARGS__)

void *malloc(size_t size) {
    note(size);
    REAL(malloc, size);
}

void *realloc(void *old, size_t size) {
    note(size);
    REAL(realloc, old, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    note(size);
    REAL(posix_memalign, result, alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note(size);
    REAL(aligned_alloc, alignment, size);
}

__attribute__((destructor)) static void report(void) {
    const char *path = getenv("ALLOCATIONS_FILE");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "{\"allocations\":%lu,\"bytes\":%lu}\n", atomic_load(&count), atomic_load(&bytes));
    fclose(file);
}
