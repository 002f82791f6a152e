import EventStore
import Glibc
import Postmortem

extension CommandFailure {
    /// Calls `body` and takes what fails for a failure of the file that is being written.
    static func catching<Result>(
        _ path: String,
        _ body: () throws(StoreError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(StoreError) {
            return try body()
        } catch {
            if case .io(EEXIST) = error.kind {
                throw CommandFailure(
                    "\(TerminalText.make(path)) is there already: --force replaces it, if it is a file"
                )
            }
            throw CommandFailure(TerminalText.make(error.message))
        }
    }
}
