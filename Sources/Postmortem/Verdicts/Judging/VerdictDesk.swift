import Wire

/// What judging connections shares: the verdicts not yet taken, what is remembered of temporary ids,
/// and a spare scanner.
struct VerdictDesk {
    var new: [Verdict] = []
    var memory = TemporaryIDMemory()
    var scanner = JSONScanner()
}
