@preconcurrency import Glibc

/// What the process was started with.
enum ProcessEnvironment {
    /// The variables. Read before any thread is started; nothing in this program changes them.
    static func variables() -> [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            next += 1
        }
        return variables
    }

    /// The text of `.env` in the working directory; nil: there is none.
    static func dotEnv() throws(DotEnvFileError) -> String? {
        guard let file = fopen(".env", "re") else {
            if errno == ENOENT { return nil }
            throw DotEnvFileError(code: errno)
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes += buffer[..<count]
            guard bytes.count <= 1 << 20 else { throw DotEnvFileError(code: EFBIG) }
        }
        guard ferror(file) == 0 else { throw DotEnvFileError(code: errno) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
