import Glibc

/// Standard output without a buffer: whoever reads the lines gets each event when it comes.
enum StandardOutput {
    /// Writes all bytes. Gives up when nobody reads them any more.
    static func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
