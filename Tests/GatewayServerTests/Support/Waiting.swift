import BlockingWebSocket
import Foundation

/// How long anything may take that has to happen, in seconds.
let patience = 30

/// What did not happen in time.
struct NotInTime: Error, CustomStringConvertible {
    let description: String
}

/// Looks again and again until there is a result.
func wait<Result>(
    for what: String,
    within seconds: Int = patience,
    until look: () throws -> Result?
) throws -> Result {
    let deadline = Deadline(after: .seconds(seconds))
    repeat {
        if let result = try look() { return result }
        usleep(2000)
    } while !deadline.hasPassed
    throw NotInTime(description: "waited \(seconds) s for: \(what)")
}

extension Thread {
    /// Work on a thread of its own, and its end to wait for.
    final class Joined: Sendable {
        private let group = DispatchGroup()

        init(_ work: @escaping @Sendable () -> Void) {
            let group = group
            group.enter()
            Thread {
                work()
                group.leave()
            }.start()
        }

        /// Waits for the end.
        func join() throws {
            guard group.wait(timeout: .now() + .seconds(2 * patience)) == .success else {
                throw NotInTime(description: "a thread did not end")
            }
        }
    }
}
