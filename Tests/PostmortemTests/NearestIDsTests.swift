import Testing

@testable import Postmortem

struct NearestIDsTests {
    private static func nearest(_ id: String, _ ids: [String]) -> [String] {
        var nearest = NearestIDs(to: id)
        for (index, id) in ids.enumerated() { nearest.take(id, of: Int64(index) + 1) }
        return nearest.matches.map(\.id)
    }

    @Test(
        arguments: [
            ("abc-124", ["abc-123", "xyz-999"], ["abc-123"]),
            ("ABC-123", ["abc-129", "abc-123"], ["abc-123", "abc-129"]),
            ("new_17", ["new_1763827681000", "abc"], ["new_1763827681000"]),
            ("xabc-123x", ["abc-123"], ["abc-123"]),
            (
                "new_1763827681000", ["new_1763827618000", "new_1763829999999"],
                ["new_1763827618000"]
            ),
            ("zz", ["abc", "de"], []), ("", ["abc", ""], [""]), ("1", ["2"], ["2"]),
        ] as [(String, [String], [String])]
    )
    func finds(id: String, ids: [String], expected: [String]) {
        #expect(Self.nearest(id, ids) == expected)
    }

    /// However many there are, five are kept: the newest of those equally near.
    @Test func keepsFew() {
        var nearest = NearestIDs(to: "new_")
        for number in 1...1_000 as ClosedRange<Int64> {
            nearest.take("new_\(number)", of: number)
            nearest.take("new_\(number)", of: number)
        }
        #expect(nearest.matches.map(\.connections) == [[1_000], [999], [998], [997], [996]])
        #expect(nearest.connections == 1...1_000)
        for number in 1...9 as ClosedRange<Int64> { nearest.take("new_x", of: 2_000 + number) }
        #expect(nearest.matches.first?.connections == [2_009, 2_008, 2_007])
    }

    @Test func longIDs() {
        let long = String(repeating: "x", count: 100_000)
        #expect(Self.nearest(long, [long + "y", "abc", String(long.dropLast(9))]).count == 2)
        #expect(Self.nearest(long, ["abc"]) == [])
    }
}
