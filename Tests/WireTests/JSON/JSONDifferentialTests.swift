import Foundation
import Testing
import Wire

/// The scanner against Foundation's parser, on random texts.
@Suite("JSON scanner and JSONSerialization agree")
struct JSONDifferentialTests {
    @Test("Both accept a valid text, and see the same members", arguments: 0..<8)
    func valid(seed: Int) throws {
        var generator = JSONGenerator(seed: UInt64(seed))
        var scanner = JSONScanner()
        for _ in 0..<300 {
            let text = Array(generator.text().utf8)
            let kind = try scanner.scan(text)
            let value = try #require(parse(text), "\(String(decoding: text, as: UTF8.self))")
            #expect((kind == .object) == (value is [String: Any]))
            guard let object = value as? [String: Any] else { continue }
            let names = scanner.members.map { JSONString.decode(Array(text[$0.key]).span) }
            #expect(Set(names) == Set(object.keys.map(Optional.some)))
            // Which of two duplicates a dictionary keeps is Foundation's choice.
            guard Set(names).count == names.count else { continue }
            let output = scanner.removingTopLevelNulls(of: text)
            let left = try #require(parse(output) as? [String: Any])
            let expected = object.filter { !($0.value is NSNull) }
            #expect(NSDictionary(dictionary: left) == NSDictionary(dictionary: expected))
        }
    }

    @Test("Both accept or both refuse a text with one byte changed", arguments: 0..<8)
    func mutated(seed: Int) {
        var generator = JSONGenerator(seed: UInt64(seed) + 1000)
        var scanner = JSONScanner()
        let alphabet = Array("{}[]:,\"\\ntu0.-+e /".utf8)
        for _ in 0..<1000 {
            var text = Array(generator.text().utf8)
            let place = generator.next(below: text.count)
            switch generator.next(below: 3) {
            case 0: text[place] = generator.pick(alphabet)
            case 1: text.insert(generator.pick(alphabet), at: place)
            default: text.remove(at: place)
            }
            guard !text.isEmpty, !isBeyondComparison(text) else { continue }
            let accepted = (try? scanner.scan(text)) != nil
            #expect(accepted == (parse(text) != nil), "\(String(decoding: text, as: UTF8.self))")
        }
    }

    private func parse(_ text: [UInt8]) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
    }

    /// Whether the two differ by design: Foundation refuses lone surrogates, which are grammatical,
    /// and takes a comma before an array's closing bracket, which is not.
    private func isBeyondComparison(_ text: [UInt8]) -> Bool {
        let compact = String(decoding: text.filter { $0 > 0x20 }, as: UTF8.self)
        return compact.contains("ud83c") || compact.contains("udd94") || compact.contains(",]")
    }
}
