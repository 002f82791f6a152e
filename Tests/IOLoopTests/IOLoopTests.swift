import Glibc
import Synchronization
import Testing
import Threading

@testable import IOLoop

struct TimerHeapTests {
    @Test func timersFireInOrderWhateverTheOrderOfArming() {
        var heap = TimerHeap()
        var generator = SystemRandomNumberGenerator()
        let timers = (0..<500).map { _ in LoopTimer {} }
        for (deadline, timer) in timers.shuffled(using: &generator).enumerated() {
            heap.arm(timer, at: Int64(deadline))
        }
        for timer in timers.shuffled(using: &generator).prefix(250) { heap.disarm(timer) }
        var last: Int64 = -1
        var count = 0
        while let timer = heap.popDue(.max) {
            #expect(timer.deadline > last)
            last = timer.deadline
            count += 1
        }
        #expect(count == 250)
        #expect(timers.allSatisfy { !$0.isArmed })
    }

    @Test func aTimerArmedAgainFiresOnceAtItsNewTime() {
        var heap = TimerHeap()
        let timer = LoopTimer {}
        heap.arm(timer, at: 5)
        heap.arm(timer, at: 9)
        #expect(heap.popDue(8) == nil)
        #expect(heap.popDue(9) === timer)
        #expect(heap.next == nil)
    }
}

struct SocketAddressTests {
    @Test(arguments: [("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80")])
    func numericAddressesAreShownAsWritten(host: String, shown: String) throws {
        let address = try #require(SocketAddress(numeric: host, port: 80))
        #expect(address.description == shown)
        #expect(address.host == host)
        #expect(address.port == 80)
    }

    @Test(arguments: ["localhost", "", "1.2.3", "::g", "127.0.0.1:80"])
    func namesAreNotNumericAddresses(host: String) {
        #expect(SocketAddress(numeric: host, port: 80) == nil)
    }
}

struct MailboxTests {
    @Test func messagesOfEachSenderArriveInOrder() throws {
        let loop = try EventLoop()
        let mailbox = try Mailbox<(sender: Int, number: Int)>()
        var last = [0, 0, 0]
        var inOrder = true
        mailbox.open(on: loop) { message in
            inOrder = inOrder && message.number == last[message.sender] + 1
            last[message.sender] = message.number
            if last == [1000, 1000, 1000] { loop.stop() }
        }
        for sender in 0..<3 {
            try Thread(named: "sender") {
                for number in 1...1000 { mailbox.post((sender, number)) }
            }
        }
        loop.run()
        #expect(inOrder)
    }
}
