// Feeds damaged samples to every parser of Wire. Each input must end in a value or a typed error,
// and an incremental parser must say the same however the input is cut. Exit status: 0 when all of
// them did, 1 when one did not, 2 for wrong usage. Build it with `-c release`.
//
// The input of case N is made from seed + N alone, so `--seed` with the number printed and
// `--count 1` makes the case that failed again.

import CommandLineOptions
import Glibc

let given = FuzzCommandLine.syntax.parseOrExit()
let options: FuzzCommandLine
do {
    options = try FuzzCommandLine(given)
} catch {
    FuzzCommandLine.syntax.refuse(error)
}

/// Feeds one parser and prints its line; whether all went well.
func run<Target: FuzzTarget>(_ target: Target.Type) -> Bool {
    print("\(target.name): ", terminator: "")
    // A note about a crash must come behind the name.
    fflush(nil)
    var run = FuzzRun(target.init())
    run.feed(seed: options.seed, count: options.count)
    print(run.report)
    return run.mismatch == nil
}

CrashNote.install()
let outcomes = options.targets.map { run($0) }
exit(outcomes.contains(false) ? 1 : 0)
