import Foundation

/// A folder of its own for a test, removed with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let base = FileManager.default.temporaryDirectory.path
        path = "\(base)/event-store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A path in the folder.
    func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Where a log may be opened.
    var log: String { path("log") }

    /// The log's first segment.
    var segment: String { path("log/events-00000000000000000001.db") }

    /// Copies the log as it is now, with or without SQLite's index of the write-ahead log.
    func copyLog(to name: String, withIndex: Bool = false) throws -> String {
        let target = path(name)
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
        for file in try FileManager.default.contentsOfDirectory(atPath: log)
        where file.hasPrefix("events-") && (withIndex || !file.hasSuffix("-shm")) {
            try FileManager.default.copyItem(atPath: "\(log)/\(file)", toPath: "\(target)/\(file)")
        }
        return target
    }
}

/// Bytes of a file.
func fileSize(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.size] as? NSNumber)?.intValue ?? 0
}
