/// Failures asked for within a message: `#fail:NAME` or `#fail:NAME=N` anywhere in its content.
enum FailureMarker {
    private static let prefix = "#fail:"

    /// The failures that a content asks for, and the content without the markers.
    static func read(
        _ content: String
    ) throws(FailureViolation) -> (failures: [Failure], rest: String) {
        var failures: [Failure] = []
        var words: [Substring] = []
        for word in content.split(separator: " ") {
            if word.hasPrefix(prefix) {
                failures.append(try Failure(parsing: word.dropFirst(prefix.count)))
            } else {
                words.append(word)
            }
        }
        return (failures, words.joined(separator: " "))
    }
}
