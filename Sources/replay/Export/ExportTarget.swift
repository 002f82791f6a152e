import EventStore

/// Where an export goes: a file that gets its name when it is whole, or standard output.
final class ExportTarget {
    /// The file's path; nil: standard output.
    let path: String?
    /// Bytes so far.
    private(set) var bytes: Int64 = 0

    private let file: NewFile?
    private let output: Output
    private var pending: [UInt8] = []
    private static let enough = 1 << 16

    /// `path`: nil for standard output.
    init(path: String?, replaces: Bool, output: Output) throws {
        self.path = path
        self.output = output
        file = try path.map { path in
            try CommandFailure.catching(path) { () throws(StoreError) in
                try NewFile(path: path, replaces: replaces)
            }
        }
    }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    func write(_ text: [UInt8]) throws {
        bytes &+= Int64(text.count)
        pending += text
        if pending.count >= Self.enough { try flush() }
    }

    /// Everything has been written: the file gets its name.
    func finish() throws {
        try flush()
        guard let file else { return }
        try CommandFailure.catching(file.path) { () throws(StoreError) in try file.keep() }
    }

    private func flush() throws {
        defer { pending.removeAll(keepingCapacity: true) }
        guard let file else { return try output.write(bytes: pending) }
        let bytes = pending
        try CommandFailure.catching(file.path) { () throws(StoreError) in try file.write(bytes) }
    }
}
