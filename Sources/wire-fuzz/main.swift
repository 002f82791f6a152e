// wire-fuzz [--seed N] [--count N] [--parser NAME]…
//
// Feeds damaged samples to every parser of Wire. Each input must end in a value or a typed error,
// and an incremental parser must say the same however the input is cut. Exit code: 0 when all of
// them did, 1 when one did not, 2 for wrong usage. Build it with `-c release`.
//
// The input of case N is made from seed + N alone, so `--seed` with the number printed and
// `--count 1` makes the case that failed again.

import Glibc

let options: FuzzOptions
do {
    options = try FuzzOptions(CommandLine.arguments.dropFirst())
} catch {
    var message = "wire-fuzz: \(error)\n\(FuzzOptions.usage)\n"
    message.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(2)
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
