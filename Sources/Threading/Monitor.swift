import Glibc

/// A value behind a lock, with changes to wait for (POSIX mutex and condition variable):
/// `Synchronization` has the lock, but nothing to wait on.
public final class Monitor<Value>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: Value

    /// A value that nobody else has.
    public init(_ value: sending Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Reads or changes the value; nobody is woken.
    public func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }

    /// Changes the value and wakes all that wait.
    @discardableResult
    public func update<Result>(_ change: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let result = change(&value)
        pthread_cond_broadcast(condition)
        return result
    }

    /// Wakes all that wait.
    public func wakeAll() { pthread_cond_broadcast(condition) }

    /// Tries until `attempt` gives something: at once, and after every change that wakes. Gives nil
    /// when nothing came of it until `deadline`, a time of ``Clock/monotonic()``; nil: it waits as
    /// long as it takes.
    public func wait<Result>(
        until deadline: Int64? = nil,
        _ attempt: (inout Value) -> Result?
    ) -> Result? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = attempt(&value) { return result }
            guard let deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            let moment = max(0, deadline)
            var time = timespec(
                tv_sec: Int(moment / 1_000_000),
                tv_nsec: Int(moment % 1_000_000) * 1000
            )
            if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT {
                return attempt(&value)
            }
        }
    }
}
