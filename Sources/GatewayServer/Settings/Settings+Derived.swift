import Glibc

extension Settings {
    /// How many WebSockets may be open: as set, or what the process's descriptors allow. Each needs one, and
    /// one in sixteen may have a request under way, with some to spare for everything else.
    var connectionLimit: Int {
        guard maxConnections == 0 else { return maxConnections }
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return 512
        }
        let descriptors = Int(clamping: limit.rlim_cur)
        return max(16, descriptors - descriptors / 16 - 64)
    }

    /// All settings as they are put on record at a start, secrets masked.
    var recorded: [(String, String)] {
        Setting.all.map { ($0.name, $0.shownText(in: self)) }
    }
}
