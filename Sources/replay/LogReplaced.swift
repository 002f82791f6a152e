/// The log that was followed is not there any more: another one is in its place.
struct LogReplaced: Error, CustomStringConvertible {
    var last: Int64
    var read: Int64

    var description: String {
        "the log has been replaced: it ends at position \(last), but was read through \(read)"
    }
}
