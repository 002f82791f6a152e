/// The failures of one answer.
struct FailureSet: Equatable {
    private var arguments: [FailureKind: Int] = [:]

    /// Of several failures of one kind the last one counts.
    init(_ failures: [Failure] = []) {
        for failure in failures { arguments[failure.kind] = failure.argument }
    }

    func has(_ kind: FailureKind) -> Bool { arguments[kind] != nil }

    /// The number that the failure was asked for with; nil: it was not.
    func argument(_ kind: FailureKind) -> Int? { arguments[kind] }
}
