/// How much a verdict weighs.
public enum VerdictSeverity: String, CaseIterable, Comparable, Sendable {
    /// Told, but nothing is wrong.
    case fine
    /// Odd, and worth a look; the conversation did not suffer by it alone.
    case remark
    /// Something went wrong.
    case failure

    /// By weight.
    public static func < (left: VerdictSeverity, right: VerdictSeverity) -> Bool {
        left.weight < right.weight
    }

    private var weight: Int {
        switch self {
        case .fine: 0
        case .remark: 1
        case .failure: 2
        }
    }
}
