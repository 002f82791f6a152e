import CSQLite

/// For the other files that the project keeps in SQLite.
extension Database {
    /// What a connection may do.
    package enum Access {
        case read
        case write
        /// Write, and make the file when it is not there.
        case create
    }

    /// Opens a file. `patience`: how long to wait for others that use it, ms.
    package init(_ path: String, for access: Access, patience: Int32) throws(StoreError) {
        let flags =
            switch access {
            case .read: SQLITE_OPEN_READONLY
            case .write: SQLITE_OPEN_READWRITE
            case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        try self.init(path: path, flags: flags, patience: patience)
    }
}
