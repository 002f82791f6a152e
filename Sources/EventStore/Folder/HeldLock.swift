import Synchronization

/// A ``FolderLock`` that one thread lets go of for another.
final class HeldLock: Sendable {
    private let lock: Mutex<FolderLock?>

    init(_ lock: consuming sending FolderLock) { self.lock = Mutex(lock) }

    func release() { lock.withLock { $0 = nil } }
}
