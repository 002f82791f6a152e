/// When the write-ahead log is copied into the file: in a pause when a little has gathered, and
/// under load only when it is large, because the commits behind a checkpoint wait for it.
struct CheckpointRule {
    let tuning: WriterTuning
    /// Size of the write-ahead log at the last checkpoint.
    private var doneBytes = 0

    init(tuning: WriterTuning) { self.tuning = tuning }

    /// Whether to checkpoint a write-ahead log of that size.
    mutating func isDue(walBytes: Int, inPause: Bool) -> Bool {
        // SQLite starts the write-ahead log anew once it is copied and no reader is in it.
        if walBytes < doneBytes { doneBytes = 0 }
        let grown = walBytes - doneBytes
        return grown >= (inPause ? tuning.idleCheckpointBytes : tuning.fullCheckpointBytes)
    }

    /// Notes a checkpoint. What a reader has held back is tried again after as much growth.
    mutating func noteCheckpoint(walBytes: Int) { doneBytes = walBytes }
}
