/// A command cannot do its work, for a reason that is neither the command line nor the log.
struct CommandFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
