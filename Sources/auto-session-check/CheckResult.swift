/// The outcome of one check.
struct CheckResult: Equatable {
    /// What must be so.
    let name: String
    /// Why it is not so, or that it could not be looked at; nil: it is so.
    let fault: String?
    /// What was seen when all is well; "" when there is nothing to add.
    var detail = ""

    /// Whether it is so.
    var passed: Bool { fault == nil }
}
