import CLinux
import Glibc
import Threading

/// What must be so before the first thread is started.
enum ProcessSetup {
    /// Blocks the signals that stop the program, ignores those that would kill it for what a call
    /// reports as well, and takes all the descriptors that the system allows.
    static func prepare() {
        TerminationSignals.block()
        // A peer that is gone is EPIPE, a file at its size limit is EFBIG.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        raiseDescriptorLimit()
        giveMemoryBack()
    }

    /// Waits for SIGTERM or SIGINT. After it, SIGINT ends the process at once, for those who do not
    /// want to wait for the drain.
    static func waitForStop() {
        TerminationSignals.wait()
        var interrupt = sigset_t()
        sigemptyset(&interrupt)
        sigaddset(&interrupt, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
    }

    /// Long messages must not leave the process large: memory from 512 KiB on is given back to the system as it
    /// is freed (the C library would raise that bound by itself, up to 32 MiB), and so is what is free at the
    /// end of a heap beyond 4 MiB.
    private static func giveMemoryBack() {
        mallopt(M_MMAP_THRESHOLD, 512 << 10)
        mallopt(M_TRIM_THRESHOLD, 4 << 20)
    }

    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
