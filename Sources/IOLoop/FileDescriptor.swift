import Glibc

/// An open descriptor with one owner; closed when the owner lets it go.
public struct FileDescriptor: ~Copyable {
    /// The number, for system calls. Not to be closed or kept.
    public let raw: Int32

    /// Takes over an open descriptor.
    public init(owning raw: Int32) { self.raw = raw }

    deinit { close(raw) }

    /// Gives the descriptor to an owner who closes it otherwise.
    consuming func release() -> Int32 {
        let raw = raw
        discard self
        return raw
    }

    /// The descriptor of a call that gives -1 on failure.
    static func checked(_ raw: Int32, _ call: String) throws(IOError) -> FileDescriptor {
        guard raw >= 0 else { throw IOError(call) }
        return FileDescriptor(owning: raw)
    }
}
