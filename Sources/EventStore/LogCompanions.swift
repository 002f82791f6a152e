import Threading

/// The threads that work for a log beside its writer, and that nobody waits for: the sealer's, and the
/// reserve's.
struct LogCompanions: Sendable {
    private let sealer: Sealer
    private let reserve: WALReserve?
    private let threads: [Thread]

    /// Starts them.
    init(_ sealer: Sealer, _ reserve: WALReserve?) throws(StoreError) {
        self.sealer = sealer
        self.reserve = reserve
        let sealing = try sealer.start()
        do throws(StoreError) {
            let reserving = try reserve?.start()
            threads = [sealing] + (reserving.map { [$0] } ?? [])
        } catch {
            sealer.close()
            sealing.join()
            throw error
        }
    }

    /// Ends them, and returns when they have ended.
    func end() {
        reserve?.close()
        sealer.close()
        for thread in threads { thread.join() }
    }
}
