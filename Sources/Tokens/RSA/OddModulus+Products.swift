/// Numbers below the modulus are padded here: one word longer than it, which is room for carries.
extension OddModulus {
    /// A number below the modulus with zeros behind it, up to a word more than the modulus has.
    func padded(_ number: [UInt64]) -> [UInt64] {
        number + [UInt64](repeating: 0, count: words.count + 1 - number.count)
    }

    /// left · right / R modulo the modulus: the coarsely integrated scanning of Koç, Acar and
    /// Kaliski, "Analyzing and Comparing Montgomery Multiplication Algorithms", 1996.
    func multiply(_ left: [UInt64], _ right: [UInt64], into product: inout [UInt64]) {
        let count = words.count
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                product.withUnsafeMutableBufferPointer { sum in
                    sum.update(repeating: 0)
                    for index in 0..<count { addProduct(left, right[index], to: sum) }
                }
            }
        }
        subtractOnce(from: &product)
    }

    /// Adds left · factor and what multiple of the modulus makes the lowest word 0, and takes that
    /// word away.
    @inline(__always)
    private func addProduct(
        _ left: UnsafeBufferPointer<UInt64>,
        _ factor: UInt64,
        to sum: UnsafeMutableBufferPointer<UInt64>
    ) {
        let count = words.count
        var carry: UInt64 = 0
        for index in 0..<count {
            (carry, sum[index]) = Self.wide(left[index], factor, plus: sum[index], carry)
        }
        let (top, overflows) = sum[count].addingReportingOverflow(carry)
        words.withUnsafeBufferPointer { modulus in
            let multiple = sum[0] &* negatedInverse
            (carry, _) = Self.wide(modulus[0], multiple, plus: sum[0], 0)
            for index in 1..<count {
                (carry, sum[index - 1]) =
                    Self.wide(modulus[index], multiple, plus: sum[index], carry)
            }
        }
        let (highest, carries) = top.addingReportingOverflow(carry)
        sum[count - 1] = highest
        sum[count] = (overflows ? 1 : 0) &+ (carries ? 1 : 0)
    }

    /// left · right + first + second, which two words always hold.
    @inline(__always)
    private static func wide(
        _ left: UInt64,
        _ right: UInt64,
        plus first: UInt64,
        _ second: UInt64
    ) -> (high: UInt64, low: UInt64) {
        let product = left.multipliedFullWidth(by: right)
        let (once, firstCarries) = product.low.addingReportingOverflow(first)
        let (twice, secondCarries) = once.addingReportingOverflow(second)
        return (product.high &+ (firstCarries ? 1 : 0) &+ (secondCarries ? 1 : 0), twice)
    }

    /// Doubles a number below the modulus.
    func double(_ number: inout [UInt64]) {
        var carry: UInt64 = 0
        for index in 0...words.count {
            let word = number[index]
            number[index] = word << 1 | carry
            carry = word >> 63
        }
        subtractOnce(from: &number)
    }

    /// Takes the modulus away once from a number below its double, unless it is below the modulus.
    private func subtractOnce(from number: inout [UInt64]) {
        let count = words.count
        var highest = count
        while highest > 0, number[highest] == word(highest) { highest -= 1 }
        guard number[highest] >= word(highest) else { return }
        var borrow: UInt64 = 0
        for index in 0..<count {
            let (once, first) = number[index].subtractingReportingOverflow(words[index])
            let (twice, second) = once.subtractingReportingOverflow(borrow)
            number[index] = twice
            borrow = first || second ? 1 : 0
        }
        number[count] &-= borrow
    }

    /// A word of the modulus; 0 behind its last.
    @inline(__always)
    private func word(_ index: Int) -> UInt64 { index < words.count ? words[index] : 0 }
}
