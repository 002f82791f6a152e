import Glibc

/// Reads the request's body from a file.
enum BodyFile {
    static func read(_ path: String) throws(BodyFileError) -> [UInt8] {
        guard let file = fopen(path, "re") else {
            throw BodyFileError(path: path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes += buffer[..<count]
        }
        guard ferror(file) == 0 else {
            throw BodyFileError(path: path, reason: "cannot be read")
        }
        return bytes
    }
}

/// Why a file cannot be used as a body.
struct BodyFileError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(path): \(reason)" }
}
