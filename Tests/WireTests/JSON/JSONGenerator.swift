import SeededNumbers

/// Makes valid JSON texts from a seed, with every feature of the grammar that
/// Foundation's parser has as well: no lone surrogates, no numbers beyond a Double.
struct JSONGenerator {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func next(below bound: Int) -> Int { random.next(below: bound) }

    mutating func pick<Element>(_ choices: [Element]) -> Element { random.pick(choices) }

    /// A whole text.
    mutating func text() -> String { space() + value(depth: 4) + space() }

    private mutating func value(depth: Int) -> String {
        switch next(below: depth > 0 ? 8 : 6) {
        case 0: "null"
        case 1: pick(["true", "false"])
        case 2, 3: number()
        case 4, 5: string()
        case 6: "[" + list { $0.value(depth: depth - 1) } + "]"
        default: "{" + list { $0.member(depth: depth - 1) } + "}"
        }
    }

    private mutating func member(depth: Int) -> String {
        string() + space() + ":" + space() + value(depth: depth)
    }

    private mutating func list(_ element: (inout Self) -> String) -> String {
        let count = next(below: 6)
        var elements: [String] = []
        for _ in 0..<count { elements.append(space() + element(&self) + space()) }
        return count == 0 ? space() : elements.joined(separator: ",")
    }

    private mutating func number() -> String {
        let fraction = pick(["", "", ".0", ".5", ".125"])
        let exponent = pick(["", "", "", "e1", "E+2", "e-3"])
        return pick(["", "-"]) + pick(["0", "7", "10", "999"]) + fraction + exponent
    }

    private mutating func string() -> String {
        let count = next(below: 12)
        let pieces = [
            "a", "bc", "0", " ", "{", "]", ",", ":", "é", "Ж", "日", "🆔", "\u{2028}", "\u{7F}",
            #"\""#, #"\\"#, #"\/"#, #"\b"#, #"\n"#, #"\u00e9"#, #"\u0416"#, #"\ud83c\udd94"#,
        ]
        var content = ""
        for _ in 0..<count { content += pick(pieces) }
        return "\"" + content + "\""
    }

    private mutating func space() -> String { pick(["", "", "", " ", "\n", "\t\r "]) }
}
