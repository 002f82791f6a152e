import SeededNumbers
import Testing

@testable import Tokens

struct TokenMutationTests {
    private static let token = Array(
        TokenMaker.token(header: #"{"alg":"RS256","typ":"JWT","kid":"a"}"#).utf8
    )
    private static let keys = TokenMaker.set((.usual, id: "a"))
    private static let alphabet = Array("AQgwxyz019-_.=+/ \u{0}".utf8)

    private func isAccepted(_ bytes: [UInt8]) -> Bool {
        AccessToken.violation(of: String(decoding: bytes, as: UTF8.self), Self.keys) == nil
    }

    @Test("The token itself is accepted")
    func unchanged() {
        #expect(isAccepted(Self.token))
    }

    @Test("No token with a byte changed, taken out or put in is accepted", arguments: 0..<8)
    func changed(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        for place in stride(from: seed, to: Self.token.count, by: 8) {
            let byte = Self.alphabet.randomElement(using: &random) ?? 0
            var changed = Self.token
            switch Int.random(in: 0..<4, using: &random) {
            case 0: changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: changed.remove(at: place)
            case 2: changed.insert(byte, at: place)
            default: changed[place] = byte
            }
            guard changed != Self.token else { continue }
            #expect(!isAccepted(changed), "seed \(seed), place \(place)")
        }
    }

    @Test("No beginning of a token is accepted")
    func cut() {
        for count in stride(from: 0, to: Self.token.count, by: 7) {
            #expect(!isAccepted(Array(Self.token[..<count])), "\(count) bytes")
        }
    }
}
