import Glibc
import IOLoop

/// A value behind a lock, with changes to wait for (POSIX mutex and condition variable):
/// `Synchronization` has the lock, but nothing to wait on.
final class Monitor<Value: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: Value

    init(_ value: Value) {
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

    /// The value of now.
    var current: Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return value
    }

    /// Changes the value and wakes all that wait.
    func update<Result>(_ change: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let result = change(&value)
        pthread_cond_broadcast(condition)
        return result
    }

    /// Waits until the value is as wanted, at most so many microseconds, and gives it as it is then;
    /// with nil it waits as long as it takes.
    func wait(atMost timeout: Int64?, until isWanted: (Value) -> Bool) -> Value {
        let deadline = timeout.map { Clock.monotonic() &+ $0 }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isWanted(value) {
            guard let deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            var time = timespec(
                tv_sec: Int(deadline / 1_000_000),
                tv_nsec: Int(deadline % 1_000_000) * 1000
            )
            if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT { break }
        }
        return value
    }
}
