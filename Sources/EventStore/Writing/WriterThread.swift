import Glibc

/// The thread that a log's writer runs on.
enum WriterThread {
    /// Starts it and gives it the writer, which nobody else may touch any more. The thread takes no
    /// signals: those of the process are for its main loop, and a write over the file size limit
    /// gives an error (EFBIG) instead of SIGXFSZ.
    static func start(_ writer: LogWriter) throws(StoreError) {
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        let code = spawn(Unmanaged.passRetained(writer))
        pthread_sigmask(SIG_SETMASK, &before, nil)
        if code != 0 { throw .system("start a thread for", "the event log", code) }
    }

    /// Returns 0 or the system's error.
    private static func spawn(_ writer: Unmanaged<LogWriter>) -> Int32 {
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, body, writer.toOpaque())
        if code == 0 { pthread_detach(thread) } else { writer.release() }
        return code
    }

    private typealias Body =
        @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?

    private static let body: Body = { writer in
        if let writer { Unmanaged<LogWriter>.fromOpaque(writer).takeRetainedValue().run() }
        return nil
    }
}
