import AgentSimulator
import CommandLineOptions
import Glibc

/// Lists the failures, one a line with what it does.
func printFailures() {
    let width = FailureKind.allCases.map(\.form.count).max() ?? 0
    for kind in FailureKind.allCases {
        let padding = String(repeating: " ", count: width - kind.form.count + 2)
        print(kind.form + padding + kind.summary)
    }
}

/// Waits for SIGINT or SIGTERM, which all threads have blocked.
func waitForSignal(_ signals: sigset_t) {
    var signals = signals
    var signal: Int32 = 0
    sigwait(&signals, &signal)
}

// Blocked before any thread is started, so that no thread takes them.
var signals = sigset_t()
sigemptyset(&signals)
sigaddset(&signals, SIGINT)
sigaddset(&signals, SIGTERM)
pthread_sigmask(SIG_BLOCK, &signals, nil)

let commandLine = SimulatorCommandLine.syntax.parseOrExit()
if commandLine.has(SimulatorCommandLine.listFailures) {
    printFailures()
    exit(0)
}
do {
    let simulator = try RunningSimulator.start(SimulatorCommandLine.options(commandLine))
    print("agent-simulator listening on \(simulator.url)")
    fflush(nil)
    waitForSignal(signals)
    simulator.stop()
} catch let violation as CommandLineViolation {
    SimulatorCommandLine.syntax.refuse(violation)
} catch {
    SimulatorCommandLine.syntax.fail("\(error)")
}
