/// The failures of one answer.
struct FailureSet: Equatable {
    private var arguments: [FailureKind: Int] = [:]

    /// Of several failures of one kind the last one counts.
    init(_ failures: [Failure] = []) {
        for failure in failures { arguments[failure.kind] = failure.argument }
    }

    func has(_ kind: FailureKind) -> Bool { arguments[kind] != nil }

    /// Whether any of the kinds is there.
    func hasAny(_ kinds: FailureKind...) -> Bool { kinds.contains { has($0) } }

    /// The number that the failure was asked for with; nil: it was not.
    func argument(_ kind: FailureKind) -> Int? { arguments[kind] }
}
