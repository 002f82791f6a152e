import Glibc
import Testing

@testable import IOLoop

/// Keeps what it is given; consumes only whole pairs of bytes when told so.
private final class Recorder: StreamSocketOwner {
    var received: [UInt8] = []
    var end: SocketEnd?
    var isConnected = false
    var consumesPairs = false
    var onChange: () -> Void = {}

    func socketConnected(_ socket: StreamSocket) {
        isConnected = true
        onChange()
    }

    func socket(_ socket: StreamSocket, received bytes: Span<UInt8>) -> Int {
        let count = consumesPairs ? bytes.count & ~1 : bytes.count
        bytes.withUnsafeBufferPointer { received.append(contentsOf: $0.prefix(count)) }
        onChange()
        return count
    }

    func socket(_ socket: StreamSocket, ended end: SocketEnd) {
        self.end = end
        onChange()
    }

    func socketSent(_ socket: StreamSocket) { onChange() }
}

/// Two ends of one connection over loopback, on one loop.
private final class Pair {
    let loop: EventLoop
    let listener: Listener
    let client: StreamSocket
    let clientOwner = Recorder()
    let serverOwner = Recorder()
    private(set) var server: StreamSocket

    init() throws {
        let loop = try EventLoop()
        let any = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        var accepted: StreamSocket?
        let listener = try Listener(on: any, loop: loop) { descriptor, peer in
            accepted = StreamSocket(adopting: descriptor, peer: peer, on: loop)
            loop.stop()
        }
        client = try StreamSocket(connectingTo: listener.address, on: loop)
        client.owner = clientOwner
        loop.run()
        server = try #require(accepted)
        server.owner = serverOwner
        self.loop = loop
        self.listener = listener
    }

    /// Runs until `done`, looking again after everything an owner is told.
    func run(until done: @escaping () -> Bool) {
        let check = { [loop] in if done() { loop.stop() } }
        clientOwner.onChange = check
        serverOwner.onChange = check
        if !done() { loop.run() }
    }
}

struct StreamSocketTests {
    /// An owner that keeps its socket would otherwise never be freed.
    @Test func aClosedSocketLetsGoOfItsOwner() throws {
        let pair = try Pair()
        let isOwned = giveOwner(to: pair.client)
        #expect(isOwned())
        pair.client.abort()
        #expect(!isOwned())
    }

    @Test func aFinishedSocketLetsGoOfItsOwnerInTheEnd() throws {
        let pair = try Pair()
        let isOwned = giveOwner(to: pair.client)
        pair.client.finish()
        pair.run { pair.serverOwner.end == .endOfInput }
        pair.server.finish()
        pair.client.onClose = { [loop = pair.loop] in loop.stop() }
        pair.loop.run()
        #expect(!isOwned())
    }

    /// Gives a socket an owner that nobody else keeps, and a way to ask whether it is still there.
    private func giveOwner(to socket: StreamSocket) -> () -> Bool {
        let owner = Recorder()
        socket.owner = owner
        return { [weak owner] in owner != nil }
    }

    @Test func bytesArriveAndTheEndIsTold() throws {
        let pair = try Pair()
        pair.client.write(Array("hello".utf8))
        pair.run { pair.serverOwner.received == Array("hello".utf8) }
        pair.client.finish()
        pair.run { pair.serverOwner.end == .endOfInput }
    }

    @Test func nothingLeavesBeforeItIsReleased() throws {
        let pair = try Pair()
        pair.client.write([1])
        pair.client.stage { $0.append(contentsOf: [2, 3]) }
        pair.run { pair.serverOwner.received == [1] }
        #expect(pair.client.sentBytes == 1)
        #expect(pair.client.unsentBytes == 2)
        pair.client.release(through: 2)
        pair.run { pair.serverOwner.received == [1, 2] }
        pair.client.release(through: 99)
        pair.run { pair.serverOwner.received == [1, 2, 3] }
        #expect(pair.client.releasedBytes == 3)
    }

    @Test func bytesNotDoneWithAreGivenAgain() throws {
        let pair = try Pair()
        pair.serverOwner.consumesPairs = true
        pair.client.write([1, 2, 3])
        pair.run { pair.serverOwner.received == [1, 2] }
        #expect(pair.server.pendingInputBytes == 1)
        pair.client.write([4, 5, 6])
        pair.run { pair.serverOwner.received == [1, 2, 3, 4, 5, 6] }
        #expect(pair.server.pendingInputBytes == 0)
    }

    @Test func aPausedReaderHoldsTheSenderBackAndLosesNothing() throws {
        let pair = try Pair()
        let sent = (0..<(8 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        pair.server.pauseReading()
        pair.client.write(sent)
        pair.run { pair.client.isBlocked }
        #expect(pair.serverOwner.received.isEmpty)
        pair.server.resumeReading()
        pair.run { pair.serverOwner.received.count == sent.count }
        #expect(pair.serverOwner.received == sent)
    }

    @Test func aResetIsAFailure() throws {
        let pair = try Pair()
        pair.server.write([1])
        pair.run { pair.clientOwner.received == [1] }
        pair.client.pauseReading()
        pair.server.write([2])
        pair.run { pair.server.sentBytes == 2 }
        pair.server.write([UInt8](repeating: 3, count: 1 << 20))
        pair.run { pair.server.sentBytes > 2 }
        pair.client.abort()
        pair.run { if case .failed = pair.serverOwner.end { true } else { false } }
    }

    @Test func aRefusedConnectionIsAFailure() throws {
        let pair = try Pair()
        let address = pair.listener.address
        pair.listener.close()
        let refused = try StreamSocket(connectingTo: address, on: pair.loop)
        refused.owner = pair.clientOwner
        pair.run { pair.clientOwner.end != nil }
        #expect(pair.clientOwner.end == .failed(IOError("connect", code: ECONNREFUSED)))
    }

    @Test func finishSendsEverythingFirst() throws {
        let pair = try Pair()
        let sent = [UInt8](repeating: 7, count: 4 << 20)
        pair.client.write(sent)
        pair.client.finish()
        #expect(!pair.client.isOpen)
        pair.run { pair.serverOwner.end == .endOfInput }
        #expect(pair.serverOwner.received == sent)
    }
}
