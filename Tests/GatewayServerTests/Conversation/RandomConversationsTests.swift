import SeededNumbers
import AgentSimulator
import BlockingWebSocket
import GatewayServer
import Testing

/// Whatever IDEs and agent do to it, and in whatever order, the gateway serves on and its log verifies.
struct RandomConversationsTests {
    /// Failures that end by themselves, soon.
    private static let failures = FailureKind.allCases.filter {
        ![.slow, .silent, .noHead, .endless, .big, .burst, .hugeHead].contains($0)
    }

    @Test(arguments: 1...8)
    func theLogVerifiesAndTheGatewayServesOn(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let agent = try startSimulator { $0.manner = seed % 2 == 0 ? .documented : .realRuntime }
        let change: (inout Settings) -> Void = { settings in
            settings.loops = seed % 4 > 1 ? 2 : 1
            settings.queueMessages = 3
            settings.onDisconnect = seed % 2 == 0 ? .cancel : .finish
            settings.streamTimeout = 30_000_000
        }
        try withGateway(agent: agent.url, change) { gateway in
            var ides: [BlockingWebSocket] = []
            for number in 1...8 { ides.append(try gateway.connect("new_\(number)")) }
            for step in 1...150 {
                let index = Int.random(in: ides.indices, using: &random)
                // The connection may be over: a violation of an earlier step closed it.
                if (try? act(ides[index], &random)) != true {
                    ides[index] = try gateway.connect("new_again_\(step)")
                }
            }
            let ide = try gateway.connect("new_last")
            try ide.say("last")
            #expect(try ide.answer().joined().contains("last"))
        }
    }

    /// Does one thing. Gives whether the connection is still to be used.
    private func act(
        _ ide: BlockingWebSocket,
        _ random: inout SplitMix64
    ) throws -> Bool {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: ide.reset()
        case 1: ide.finishSending()
        case 2: try ide.close()
        case 3: try ide.send(rawBytes: [0xFF, 0xFF])
        case 4: try ide.send("[]")
        case 5: try ide.send([1, 2, 3])
        case 6: try ide.ping([1])
        case 7: try ide.send(rawBytes: Self.unsolicitedPong)
        case 8..<12: return try read(ide)
        case 12..<14: try ide.say("Hello")
        default:
            let failure = Self.failures.randomElement(using: &random) ?? .reset
            try ide.say("Hello #fail:\(failure.rawValue)")
        }
        return true
    }

    /// Reads what is there.
    private func read(_ ide: BlockingWebSocket) throws -> Bool {
        while true {
            switch try ide.receive(timeout: .milliseconds(1)) {
            case .timeout: return true
            case .close, .endOfInput: return false
            case .text, .binary, .ping, .pong: continue
            }
        }
    }

    private static let unsolicitedPong: [UInt8] = [0x8A, 0x80, 0, 0, 0, 0]
}
