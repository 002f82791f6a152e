import EventStore

/// The projections' own file failed, not the log.
struct UnusableProjections: Error {
    let reason: StoreError

    /// Whether the file is to be made again: it is damaged, or of another form or log. Another reason,
    /// such as somebody who reads it for long or a full disk, says nothing against the file.
    var isToBeReplaced: Bool { reason.isOfAnotherForm }

    /// What is thrown when the file is to stay. `folder`: the log's.
    func error(in folder: String) -> ProjectionsError {
        reason.isContention ? .inUse(folder: folder) : .failed(reason)
    }

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
