/// When the next thing is done.
struct DrivePace {
    /// What is waited for.
    enum Timing: String, CaseIterable {
        /// The answers that the recorded IDE had.
        case answers
        /// The recorded time, whatever has come.
        case original
    }

    var timing = Timing.answers
    /// 1: the recorded time; 2: twice as fast; 0: no waiting.
    var speed = 1.0
    /// Whether somebody says by hand when to go on.
    var isStepped = false
    /// How long what does not come is waited for, beyond the recorded time.
    var patience = Duration.seconds(10)

    /// A recorded time, µs, as it is to be waited now; at most an hour.
    func scaled(_ time: Int64) -> Duration {
        guard speed > 0, time > 0 else { return .zero }
        return .microseconds(Int64(min(Double(time) / speed, 3_600_000_000)))
    }
}
