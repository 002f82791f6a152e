/// The buffers of one loop: one to read into, and spare ones for sockets that have bytes waiting. A
/// socket that is idle holds none.
final class BufferPool {
    /// Bytes that one read may bring.
    static let readSize = 64 * 1024
    private static let spareLimit = 256
    private static let keptCapacity = 64 * 1024

    /// Where reads go first; valid for the loop's life.
    let readArea = UnsafeMutableRawBufferPointer.allocate(
        byteCount: BufferPool.readSize,
        alignment: 16
    )
    private var spares: [[UInt8]] = []

    deinit { readArea.deallocate() }

    /// An empty buffer, most likely with capacity.
    func take() -> [UInt8] { spares.popLast() ?? [] }

    /// Takes a buffer back; an overgrown one is let go.
    func giveBack(_ buffer: inout [UInt8]) {
        var spare: [UInt8] = []
        swap(&spare, &buffer)
        let capacity = spare.capacity
        guard capacity > 0, capacity <= Self.keptCapacity, spares.count < Self.spareLimit else {
            return
        }
        spare.removeAll(keepingCapacity: true)
        spares.append(spare)
    }
}
