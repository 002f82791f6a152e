import EventStore

/// The projections' own file failed, not the log.
struct UnusableProjections: Error {
    let reason: StoreError

    /// Turns the failures of a use of the file into this one.
    static func catching<Value>(
        _ use: () throws(StoreError) -> Value
    ) throws(UnusableProjections) -> Value {
        do throws(StoreError) {
            return try use()
        } catch {
            throw UnusableProjections(reason: error)
        }
    }
}
