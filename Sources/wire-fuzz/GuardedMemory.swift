import Glibc

/// Memory with an unreadable page behind it: a parser that looks even one byte too far crashes here,
/// where an array would let it.
struct GuardedMemory: ~Copyable {
    private let base: UnsafeMutableRawPointer
    private let size: Int
    private let page: Int

    /// Memory for inputs of up to `capacity` bytes.
    init(capacity: Int) {
        page = sysconf(Int32(_SC_PAGESIZE))
        size = (capacity + page - 1) / page * page
        let mapped = mmap(
            nil,
            size + page,
            PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS,
            -1,
            0
        )
        guard let mapped, mapped != MAP_FAILED, mprotect(mapped + size, page, PROT_NONE) == 0 else {
            perror("wire-fuzz: mmap")
            exit(1)
        }
        base = mapped
    }

    deinit {
        munmap(base, size + page)
    }

    /// Passes the input to `body`, put right before the unreadable page.
    ///
    /// - Parameter input: not longer than the capacity.
    func withInput<Result>(_ input: [UInt8], _ body: (Span<UInt8>) -> Result) -> Result {
        let start = base + (size - input.count)
        UnsafeMutableRawBufferPointer(start: start, count: input.count).copyBytes(from: input)
        let held = UnsafeBufferPointer(
            start: start.assumingMemoryBound(to: UInt8.self),
            count: input.count
        )
        return body(held.span)
    }
}
