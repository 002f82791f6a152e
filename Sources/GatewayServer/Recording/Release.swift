import Session

/// Something that may happen only when the events recorded before it are in the log.
enum Release {
    /// What is staged for the IDE may leave, up to where it was at the end of the turn.
    case frames(IDEConnection, through: Int64)
    /// The request of the turn leaves.
    case post(IDEConnection, Turn)
    /// The connection's frames have been released; it closes.
    case finish(IDEConnection)
    /// A line for the operators.
    case line(OperatorLog, LogLine)
    /// Anything rare.
    case perform(() -> Void)

    /// The end of the turn: what is staged from now on waits for the next commit.
    mutating func seal() {
        if case .frames(let connection, _) = self {
            self = .frames(connection, through: connection.sealFrames())
        }
    }

    /// It will never happen: the events before it are lost. A connection that was to close still does, for
    /// nobody else knows of it any more.
    func giveUp() {
        if case .finish(let connection) = self { connection.finishUnrecorded() }
    }

    func perform() {
        switch self {
        case .frames(let connection, let count): connection.releaseFrames(through: count)
        case .post(let connection, let turn): connection.send(turn)
        case .finish(let connection): connection.finish()
        case .line(let log, let line): log.write(line)
        case .perform(let work): work()
        }
    }
}
