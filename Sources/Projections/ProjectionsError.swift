import EventStore

/// Why projections cannot be made or changed, though the log can be read.
public enum ProjectionsError: Error, CustomStringConvertible {
    /// Somebody else changes the projections in that folder, or keeps them from being changed.
    case inUse(folder: String)
    /// That file is something else and is not replaced.
    case isSomethingElse(String)
    /// The file failed.
    case failed(StoreError)

    /// What went wrong, for people.
    public var description: String {
        switch self {
        case .inUse(let folder):
            "the gateway or another replay is at the projections in \(folder); try again later"
        case .isSomethingElse(let path):
            "\(path) is there and holds no projections: it is not replaced"
        case .failed(let reason): reason.description
        }
    }
}
