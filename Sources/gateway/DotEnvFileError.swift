import Glibc

/// Why the `.env` file, which is there, cannot be read.
struct DotEnvFileError: Error, CustomStringConvertible {
    /// The system's `errno`; `EFBIG` for a file over 1 MiB.
    let code: Int32

    var description: String {
        let reason = strerror(code).map { String(cString: $0) } ?? "unknown error"
        return "cannot read .env: \(reason) (errno \(code))"
    }
}
