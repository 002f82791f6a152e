import EventStore
import Glibc
import Postmortem

/// The export cannot be written.
struct ExportFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }

    /// Calls `body` and takes what fails for a failure of the file that is being written.
    static func catching<Result>(
        _ path: String,
        _ body: () throws(StoreError) -> Result
    ) throws(ExportFailure) -> Result {
        do throws(StoreError) {
            return try body()
        } catch {
            if case .io(EEXIST) = error.kind {
                throw ExportFailure(
                    "\(TerminalText.make(path)) is there already: --force replaces it, if it is a file"
                )
            }
            throw ExportFailure(TerminalText.make(error.message))
        }
    }
}
